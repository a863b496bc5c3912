package dev.wasmscope.views.trace;

import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiValue;
import dev.wasmscope.engine.wasi.WasiText;
import dev.wasmscope.engine.wasi.WasiText.Run;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One traced call as the table shows it.
record CallRow(WasiCall call, String arguments, String result, String searched) {
    static final String HEAD = "call\tfunction\tresult\targuments\tbytes\tmicroseconds\n";

    static CallRow of(WasiCall call) {
        var arguments = WasiText.arguments(call);
        var result = WasiText.outcome(call.outcome());
        var searched = (call.function() + " " + result + " " + arguments).toLowerCase(Locale.ROOT);
        return new CallRow(call, arguments, result, searched);
    }

    /// The call was refused.
    boolean bad() {
        return call.outcome() instanceof WasiCall.Outcome.Errno(var code, var _) && code != 0;
    }

    /// The call was the guest's last, and not because it had done its work.
    boolean ended() {
        return call.outcome() instanceof WasiCall.Outcome.Ended(var how) && !how.equals("exit 0");
    }

    List<Run> runs() {
        return WasiText.runs(call);
    }

    /// A place in memory that an argument leads to.
    record Pointer(String argument, WasiValue.Span at) {
        String title() {
            return "Show %s at 0x%x in Memory".formatted(argument, at.address());
        }
    }

    /// In the order of the arguments.
    List<Pointer> pointers() {
        return call.arguments().stream()
                .flatMap(argument -> WasiText.runs(argument.value()).stream()
                        .flatMap(run -> run.at().stream())
                        .distinct()
                        .map(at -> new Pointer(argument.name(), at)))
                .toList();
    }

    String bytes() {
        return call.moved() == 0 ? "" : String.format(Locale.ROOT, "%,d", call.moved());
    }

    String took() {
        var micros = call.nanos() / 1e3;
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.1f µs", micros);
        }
        return micros < 1e6
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }

    /// A line for each argument, for a tool tip.
    String details() {
        return call.arguments().stream()
                .map(argument -> argument.name() + " = " + WasiText.of(argument.value()))
                .collect(Collectors.joining(
                        "\n",
                        call.function() + " → " + result + "\n",
                        String.format(Locale.ROOT, "\n%.3f s after the session was opened", call.at() / 1e9)));
    }

    String tsv() {
        return "%d\t%s\t%s\t%s\t%d\t%s\n"
                .formatted(
                        call.number(),
                        call.function(),
                        result,
                        arguments,
                        call.moved(),
                        String.format(Locale.ROOT, "%.1f", call.nanos() / 1e3));
    }
}
