package dev.wasmscope.engine.report;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.latency.bundle.Bundle;
import dev.wasmscope.engine.latency.bundle.UnreadableBundleException;
import dev.wasmscope.engine.latency.imports.Imports;
import dev.wasmscope.engine.latency.imports.Unit;
import dev.wasmscope.engine.latency.imports.UnreadableImportException;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `report`: what a bundle holds, as the table, as JSON, or as files with all charts.
public final class ReportVerb implements Verb {
    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Show what wasmscope latency wrote into a bundle, and draw its charts again.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command(sortOptions = false)
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "BUNDLE", description = "A file that wasmscope latency --bundle wrote.")
        Path bundle = Path.of("");

        @Option(names = "--json", description = "Write JSON instead of the table.")
        boolean json;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Write JSON, CSV, .hgrm and the charts into this directory.")
        @Nullable
        Path out;

        @Option(
                names = "--import",
                paramLabel = "FILE",
                description = "Lay what another tool measured beside it. May be given several times.")
        List<Path> imported = List.of();

        @Option(names = "--import-unit", paramLabel = "U", description = "Of .hgrm files: ns, us (default), ms or s.")
        String importUnit = "us";

        @Option(names = "--command", description = "Write only the command line that measures it again.")
        boolean command;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            VerbLine.check(() -> Unit.of(importUnit));
            try {
                var measurement = Bundle.read(bundle);
                var overlays = new ArrayList<>(measurement.overlays());
                overlays.addAll(Imports.readAll(imported, Unit.of(importUnit)));
                measurement = measurement.with(overlays);
                if (command) {
                    terminal.out().println(LatencyCommand.of(measurement));
                } else {
                    var output = new LatencyOutput(measurement, terminal);
                    output.print(json, List.of());
                    output.write(out, null);
                }
                return VerbLine.DONE;
            } catch (UnreadableBundleException | UnreadableImportException | NoSuchFileException e) {
                terminal.err()
                        .println(
                                e instanceof NoSuchFileException
                                        ? "There is no file " + e.getMessage() + "."
                                        : e.getMessage());
                return VerbLine.USAGE;
            }
        }
    }
}
