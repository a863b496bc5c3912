package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Value;
import java.util.stream.Collectors;

/// Outcomes in a few words, for messages.
final class Sentences {
    private Sentences() {}

    static String of(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned returned ->
                "it returned "
                        + returned.results().stream().map(Value::toString).collect(Collectors.joining(", "))
                        + ".";
            case CallOutcome.Trapped trapped -> "it trapped: " + trapped.reason() + ".";
            case CallOutcome.TimedOut late when late.stopped() -> "it was stopped.";
            case CallOutcome.TimedOut late ->
                "it did not end within %d ms.".formatted(late.deadline().toMillis());
            case CallOutcome.Rejected rejected -> rejected.reason();
            case CallOutcome.Exited exited -> "it exited with code " + exited.code() + ".";
        };
    }
}
