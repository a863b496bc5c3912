package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.MeasuredTargets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which servers are measured, and over what; at least one of each.
///
/// @param targets of [#TARGETS], in that order
/// @param transports of [#TRANSPORTS], in that order
record LaneChoice(List<String> targets, List<String> transports) {
    static final List<String> TARGETS = List.of(MeasuredTargets.NATIVE, MeasuredTargets.WASM, MeasuredTargets.ECHO);
    static final List<String> TRANSPORTS = List.of("tcp", "unix");

    /// What every machine has: Redis in Wasm needs its module, and some seconds to start.
    static final LaneChoice USUAL = new LaneChoice(List.of(MeasuredTargets.NATIVE, MeasuredTargets.ECHO), TRANSPORTS);

    LaneChoice {
        if (targets.isEmpty() || transports.isEmpty()) {
            throw new IllegalArgumentException("No lane is left of " + targets + " over " + transports);
        }
        targets = List.copyOf(targets);
        transports = List.copyOf(transports);
    }

    boolean has(String name) {
        return targets.contains(name) || transports.contains(name);
    }

    /// With or without a target or transport. The last one of its kind stays.
    LaneChoice with(String name, boolean chosen) {
        return new LaneChoice(with(TARGETS, targets, name, chosen), with(TRANSPORTS, transports, name, chosen));
    }

    private static List<String> with(List<String> all, List<String> now, String name, boolean chosen) {
        var next = all.stream()
                .filter(each -> each.equals(name) ? chosen : now.contains(each))
                .toList();
        return next.isEmpty() ? now : next;
    }

    int count() {
        return targets.size() * transports.size();
    }

    /// As in `native Redis and an echo server`.
    String servers() {
        return sentence(targets, LaneChoice::server);
    }

    /// As in `TCP and Unix sockets`.
    String ways() {
        return sentence(transports, LaneChoice::way) + (transports.contains("unix") ? " sockets" : "");
    }

    static String server(String target) {
        return switch (target) {
            case MeasuredTargets.NATIVE -> "native Redis";
            case MeasuredTargets.WASM -> "Redis in Wasm";
            case MeasuredTargets.ECHO -> "an echo server";
            default -> throw new IllegalArgumentException("There is no target " + target);
        };
    }

    static String way(String transport) {
        return switch (transport) {
            case "tcp" -> "TCP";
            case "unix" -> "Unix";
            default -> throw new IllegalArgumentException("There is no transport " + transport);
        };
    }

    private static String sentence(List<String> names, Function<String, String> text) {
        var last = text.apply(names.getLast());
        return names.size() == 1
                ? last
                : Stream.of(
                                names.subList(0, names.size() - 1).stream()
                                        .map(text)
                                        .collect(Collectors.joining(", ")),
                                last)
                        .collect(Collectors.joining(" and "));
    }
}
