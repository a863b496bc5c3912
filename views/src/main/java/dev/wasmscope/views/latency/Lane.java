package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.MeasuredTargets;
import java.util.ArrayList;
import java.util.List;

/// A server and how it is reached.
///
/// @param target of [#TARGETS]
/// @param transport of [#TRANSPORTS]
record Lane(String target, String transport) {
    static final List<String> TARGETS = List.of(MeasuredTargets.NATIVE, MeasuredTargets.WASM, MeasuredTargets.ECHO);
    static final List<String> TRANSPORTS = List.of("tcp", "unix", "shm");

    Lane {
        if (!TARGETS.contains(target) || !TRANSPORTS.contains(transport)) {
            throw new IllegalArgumentException("There is no lane " + target + " over " + transport);
        }
    }

    /// Target by target.
    static List<Lane> all() {
        var all = new ArrayList<Lane>();
        TARGETS.forEach(target -> TRANSPORTS.forEach(transport -> all.add(new Lane(target, transport))));
        return all;
    }

    /// As a heading: `Native Redis`.
    static String server(String target) {
        return switch (target) {
            case MeasuredTargets.NATIVE -> "Native Redis";
            case MeasuredTargets.WASM -> "Redis in Wasm";
            case MeasuredTargets.ECHO -> "Echo server";
            default -> throw new IllegalArgumentException("There is no target " + target);
        };
    }

    /// As a heading: `Unix socket`.
    static String way(String transport) {
        return switch (transport) {
            case "tcp" -> "TCP";
            case "unix" -> "Unix socket";
            case "shm" -> "Shared memory";
            default -> throw new IllegalArgumentException("There is no transport " + transport);
        };
    }
}
