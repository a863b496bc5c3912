package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.bundle.Bundle;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a measurement goes: the terminal, a directory, a bundle.
final class LatencyOutput {
    private static final String BUNDLE = "latency.zip";

    private final Measurement measurement;
    private final Verb.Terminal terminal;

    LatencyOutput(Measurement measurement, Verb.Terminal terminal) {
        this.measurement = measurement;
        this.terminal = terminal;
    }

    /// @param heard from redis-cli of the same servers
    void print(boolean json, List<RedisCli.Heard> heard) {
        if (json) {
            terminal.out().println(new LatencyJson(measurement).with(heard).text());
        } else {
            terminal.out().print(new LatencyText(measurement, heard).text());
        }
        terminal.out().flush();
    }

    /// @param out null for none, as `bundle`
    void write(@Nullable Path out, @Nullable Path bundle) throws IOException {
        if (out != null) {
            ReportFiles.write(LatencyReport.of(measurement), out);
            ReportFiles.text(out.resolve("latency.json"), new LatencyJson(measurement).text() + "\n");
            ReportFiles.text(out.resolve("latency.txt"), new LatencyText(measurement, List.of()).text());
            Bundle.write(measurement, LatencyCommand.of(measurement), out.resolve(BUNDLE));
            terminal.err().println("latency: wrote " + out);
        }
        if (bundle != null) {
            Bundle.write(measurement, LatencyCommand.of(measurement), bundle);
            terminal.err().println("latency: wrote " + bundle);
        }
    }
}
