package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.List;

/// Outcomes as lines of a terminal.
final class OutcomeText {
    private OutcomeText() {}

    /// Results to standard output, everything else to standard error.
    static void print(CallOutcome outcome, Verb.Terminal terminal) {
        switch (outcome) {
            case CallOutcome.Returned returned ->
                returned.results().forEach(value -> terminal.out().println(value));
            case CallOutcome.Trapped trapped -> {
                var address = trapped.address().isPresent()
                        ? " at address 0x%x".formatted(trapped.address().getAsLong())
                        : "";
                terminal.err().println("trap: " + trapped.reason() + address);
            }
            case CallOutcome.TimedOut late -> terminal.err().println("The call did not end: " + Sentences.of(late));
            case CallOutcome.Rejected rejected -> terminal.err().println(rejected.reason());
            case CallOutcome.Exited exited ->
                terminal.err().println("The guest exited with code " + exited.code() + ".");
        }
        for (var frame : backtrace(outcome)) {
            terminal.err().println("    at " + line(frame));
        }
    }

    private static String line(WasmFrame frame) {
        var where = frame.function() < 0 ? "" : " (func " + frame.function();
        if (frame.offset().isPresent()) {
            where += ", offset 0x%x".formatted(frame.offset().getAsLong());
        }
        return frame.name() + where + (where.isEmpty() ? "" : ")");
    }

    static List<WasmFrame> backtrace(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Trapped trapped -> trapped.backtrace();
            case CallOutcome.TimedOut late -> late.backtrace();
            default -> List.of();
        };
    }
}
