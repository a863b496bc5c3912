package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.CallOutcome;
import java.util.stream.Collectors;

/// How a guest's call ended, in words.
final class Reasons {
    private Reasons() {}

    /// No full stop at its end.
    static String of(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned returned ->
                "it returned "
                        + returned.results().stream()
                                .map(value -> value.type() + " " + value)
                                .collect(Collectors.joining(", ", "(", ")"));
            case CallOutcome.Trapped trapped ->
                "it trapped: " + trapped.reason()
                        + trapped.backtrace().stream()
                                .limit(3)
                                .map(frame -> ", in " + frame.name())
                                .collect(Collectors.joining());
            case CallOutcome.TimedOut late ->
                "it was stopped after " + late.deadline().toMillis() + " ms";
            case CallOutcome.Exited exited -> "it exited with code " + exited.code();
            case CallOutcome.Rejected rejected -> rejected.reason();
        };
    }
}
