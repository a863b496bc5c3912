package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.Runtimes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `benchmark`: Redis in Wasm against the native server, with the tests of redis-benchmark.
public final class BenchmarkVerb implements Verb {
    @Override
    public String name() {
        return "benchmark";
    }

    @Override
    public String summary() {
        return "Measure Redis in Wasm against native Redis with redis-benchmark's default tests.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command(sortOptions = false)
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Option(names = "--requests", paramLabel = "N", description = "Of each test in each round. Default: 100000.")
        int requests = 100_000;

        @Option(names = "--rounds", paramLabel = "N", description = "Medians are taken over them. Default: 3.")
        int rounds = 3;

        @Option(
                names = "--warmup",
                paramLabel = "S",
                description = "Seconds that the guest runs before it counts. Default: 12.")
        double warmUp = 12;

        @Option(
                names = "--runtime",
                split = ",",
                paramLabel = "R",
                defaultValue = "compiler",
                description = "What runs the guest: compiler, interpreter. Default: compiler.")
        List<String> runtimes = List.of();

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Of the requests whose replies are compared. Default: 1.")
        long seed = 1;

        @Option(names = "--json", description = "Write JSON instead of the table.")
        boolean json;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            VerbLine.check(this::check);
            var result =
                    run().measure(Directories.ofUser(), line -> terminal.err().println("benchmark: " + line));
            var report = new BenchmarkReport(result);
            if (json) {
                VerbLine.print(report.json(), terminal);
            } else {
                terminal.out().print(report.table());
            }
            return VerbLine.DONE;
        }

        private BenchmarkRun run() {
            return new BenchmarkRun(requests, rounds, warmUp, runtimes, seed);
        }

        private void check() {
            var _ = run();
            var known = Runtimes.builtIn().stream().map(WasmRuntime::id).toList();
            runtimes.forEach(name -> VerbLine.requireKnown("runtime", name, known));
        }
    }
}
