package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.views.output.OutputLine;
import dev.wasmscope.views.output.OutputLog;
import java.util.stream.Collectors;

/// Says in the output how calls ended.
final class OutcomeLines {
    private final OutputLog log;

    OutcomeLines(OutputLog log) {
        this.log = log;
    }

    /// @param call as `fib(10)`
    void add(String call, CallOutcome outcome) {
        var time = "  (" + Notations.time(outcome.elapsed()) + ")";
        switch (outcome) {
            case CallOutcome.Returned(var results, var _) ->
                log.add(OutputLine.Level.OK, call + (results.isEmpty() ? "" : " → " + Notations.gist(outcome)) + time);
            case CallOutcome.Exited exited ->
                log.add(
                        exited.code() == 0 ? OutputLine.Level.OK : OutputLine.Level.WARN,
                        call + " exited with code " + exited.code() + time);
            case CallOutcome.Trapped trapped ->
                log.add(OutputLine.Level.FAIL, call + " trapped: " + trapped.reason(), frames(trapped));
            case CallOutcome.TimedOut late ->
                log.add(
                        OutputLine.Level.WARN,
                        call + (late.stopped() ? " was stopped" : " was not done in time") + time);
            case CallOutcome.Rejected rejected -> log.add(OutputLine.Level.WARN, call + ": " + rejected.reason());
        }
    }

    private static String frames(CallOutcome.Trapped trapped) {
        return trapped.backtrace().stream()
                .map(frame -> "at " + frame.name()
                        + (frame.offset().isPresent()
                                ? " (0x%x)".formatted(frame.offset().getAsLong())
                                : ""))
                .collect(Collectors.joining("\n"));
    }
}
