package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.WasiTrace;
import dev.wasmscope.engine.wasi.WasiText;
import java.io.PrintStream;

/// Traced WASI calls as a table of a terminal.
final class WasiTable {
    private static final int LEAST = 8;

    private WasiTable() {}

    static void print(WasiTrace trace, PrintStream to) {
        if (trace.from() > 1) {
            to.printf("Of the first %,d WASI calls nothing is kept.%n", trace.from() - 1);
        }
        if (trace.calls().isEmpty()) {
            to.println("The guest made no WASI call.");
            return;
        }
        var names = trace.calls().stream()
                .mapToInt(call -> call.function().length())
                .max()
                .orElse(LEAST);
        var results = trace.calls().stream()
                .mapToInt(call -> WasiText.outcome(call.outcome()).length())
                .max()
                .orElse(LEAST);
        var line = "%6s  %-" + names + "s  %-" + Math.max(results, 6) + "s  %10s  %9s  %s%n";
        to.printf(line, "call", "function", "result", "time", "bytes", "arguments");
        for (var call : trace.calls()) {
            to.printf(
                    line,
                    call.number(),
                    call.function(),
                    WasiText.outcome(call.outcome()),
                    "%,.1f µs".formatted(call.nanos() / 1e3),
                    call.moved() == 0 ? "" : "%,d".formatted(call.moved()),
                    WasiText.arguments(call));
        }
    }
}
