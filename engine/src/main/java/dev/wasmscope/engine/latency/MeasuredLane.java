package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.names.NearestName;
import java.util.ArrayList;
import java.util.List;

/// A target over a transport: `native:shm` on the command line.
///
/// @param target of [MeasuredTargets#names()]
/// @param transport of [#TRANSPORTS]
public record MeasuredLane(String target, String transport) {
    public static final List<String> TRANSPORTS = List.of("tcp", "unix", "shm");

    public static MeasuredLane of(PlannedSeries series) {
        return new MeasuredLane(series.target(), series.transport());
    }

    /// Every target over every transport, target by target.
    public static List<MeasuredLane> product(List<String> targets, List<String> transports) {
        var all = new ArrayList<MeasuredLane>();
        targets.forEach(target -> transports.forEach(transport -> all.add(new MeasuredLane(target, transport))));
        return List.copyOf(all);
    }

    /// Reads what [#name()] writes.
    ///
    /// @throws IllegalArgumentException with a sentence that names the nearest lane
    public static MeasuredLane parse(String name) {
        var known = product(MeasuredTargets.names(), TRANSPORTS);
        return known.stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no lane %s.%s Targets are %s; transports are %s; a lane is both, such as native:shm"
                                .formatted(
                                        name,
                                        NearestName.question(
                                                name,
                                                known.stream()
                                                        .map(MeasuredLane::name)
                                                        .toList()),
                                        String.join(", ", MeasuredTargets.names()),
                                        String.join(", ", TRANSPORTS))));
    }

    /// `native:shm`.
    public String name() {
        return target + ":" + transport;
    }
}
