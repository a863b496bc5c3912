package dev.wasmscope.engine.report;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.MeasuredLane;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.imports.Imports;
import dev.wasmscope.engine.latency.imports.Unit;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `latency`: measures Redis servers over several transports, interleaved, and writes a table or JSON.
public final class LatencyVerb implements Verb {
    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "Measure the latency of Redis and an echo server over TCP, Unix sockets and shared memory.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command(sortOptions = false)
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        LatencyOptions options = new LatencyOptions();

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            VerbLine.check(options::check);
            // What cannot be read is said before anything is measured.
            var overlays = Imports.readAll(options.imported, Unit.of(options.importUnit));
            terminal.err().println("latency: starting " + String.join(", ", options.targets()));
            try (var servers =
                    MeasuredTargets.start(options.targets(), Directories.ofUser(), options.serverStrategy())) {
                var environment = Environment.read(LatencyRun.probeOptions(), servers.versions());
                var processor = OptionalInt.empty();
                if (options.pin) {
                    var processors = new ArrayList<>(ThreadPlacement.allowed());
                    processor = OptionalInt.of(processors.removeLast());
                    environment =
                            environment.withPinning("client " + processor.getAsInt() + ", " + servers.pin(processors));
                }
                var plan = options.plan(series(servers), processor);
                try (var job = new LatencyJob(plan, options.sweep(), options.repeats, environment, terminal)) {
                    var measured = job.run();
                    if (measured.isPresent()) {
                        var output = new LatencyOutput(measured.get().with(overlays), terminal);
                        output.print(options.json, redisCli(servers));
                        output.write(options.out, options.bundle);
                    }
                    return job.exitCode();
                }
            }
        }

        /// A lane that was asked for by name must be there.
        private List<PlannedSeries> series(MeasuredTargets servers) throws IOException {
            var had = servers.series(options.lanes());
            var missing = options.lanes().stream()
                    .filter(lane -> had.stream().map(MeasuredLane::of).noneMatch(lane::equals))
                    .map(MeasuredLane::name)
                    .toList();
            if (had.isEmpty() || (options.lanes != null && !missing.isEmpty())) {
                throw new IOException("Not to be had here: " + String.join(", ", missing)
                        + ". Leave it out, or see which servers offer shared memory: docs/cli.md, latency.");
            }
            return had;
        }

        private List<RedisCli.Heard> redisCli(MeasuredTargets servers) throws IOException, InterruptedException {
            return options.quick ? RedisCli.ask(servers.targets(), terminal) : List.of();
        }
    }
}
