package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.MeasuredLane;
import dev.wasmscope.engine.latency.MeasuredTargets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which lanes are measured; at least one.
///
/// @param lanes in the order of [Lane#all()]
record LaneChoice(List<Lane> lanes) {
    /// Redis in Wasm needs its module, and some seconds to start.
    static final LaneChoice USUAL = new LaneChoice(Lane.all().stream()
            .filter(l -> !l.target().equals(MeasuredTargets.WASM))
            .toList());

    LaneChoice {
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("No lane is left");
        }
        lanes = Lane.all().stream().filter(lanes::contains).toList();
    }

    /// Every lane of these.
    static LaneChoice of(List<String> targets, List<String> transports) {
        return new LaneChoice(Lane.all().stream()
                .filter(l -> targets.contains(l.target()) && transports.contains(l.transport()))
                .toList());
    }

    boolean has(Lane lane) {
        return lanes.contains(lane);
    }

    /// As they are started.
    List<MeasuredLane> measured() {
        return lanes.stream()
                .map(l -> new MeasuredLane(l.target(), l.transport()))
                .toList();
    }

    boolean over(String transport) {
        return transports().contains(transport);
    }

    /// With or without a lane. The last one stays.
    LaneChoice with(Lane lane, boolean chosen) {
        var next = Lane.all().stream()
                .filter(each -> each.equals(lane) ? chosen : has(each))
                .toList();
        return next.isEmpty() ? this : new LaneChoice(next);
    }

    /// Without those that cannot be had; all of them stay when none can.
    LaneChoice without(LaneObstacles obstacles) {
        var left = lanes.stream().filter(l -> obstacles.of(l).isEmpty()).toList();
        return left.isEmpty() ? this : new LaneChoice(left);
    }

    int count() {
        return lanes.size();
    }

    List<String> targets() {
        return lanes.stream().map(Lane::target).distinct().toList();
    }

    /// In the order of [Lane#TRANSPORTS].
    List<String> transports() {
        return Lane.TRANSPORTS.stream()
                .filter(t -> lanes.stream().anyMatch(l -> l.transport().equals(t)))
                .toList();
    }

    /// As in `native Redis and the echo server`.
    String servers() {
        return sentence(targets(), target -> switch (target) {
            case MeasuredTargets.NATIVE -> "native Redis";
            case MeasuredTargets.ECHO -> "the echo server";
            default -> Lane.server(target);
        });
    }

    /// As in `TCP, Unix sockets and shared memory`.
    String ways() {
        return sentence(transports(), transport -> switch (transport) {
            case "tcp" -> "TCP";
            case "unix" -> "Unix sockets";
            default -> Lane.way(transport).toLowerCase(Locale.ROOT);
        });
    }

    private static String sentence(List<String> names, Function<String, String> text) {
        var words = names.stream().map(text).toList();
        return words.size() == 1
                ? words.getFirst()
                : words.subList(0, words.size() - 1).stream().collect(Collectors.joining(", ")) + " and "
                        + words.getLast();
    }
}
