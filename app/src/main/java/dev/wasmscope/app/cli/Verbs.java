package dev.wasmscope.app.cli;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.engine.binary.DisasmVerb;
import dev.wasmscope.engine.binary.InspectVerb;
import dev.wasmscope.engine.console.ConsoleVerb;
import dev.wasmscope.engine.redis.benchmark.BenchmarkVerb;
import dev.wasmscope.engine.redis.wasm.ExportVerb;
import dev.wasmscope.engine.redis.wasm.VerifyVerb;
import dev.wasmscope.engine.report.LatencyVerb;
import dev.wasmscope.engine.report.ReportVerb;
import dev.wasmscope.engine.samples.SamplesVerb;
import dev.wasmscope.engine.serve.ServeVerb;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.InvokeVerb;
import dev.wasmscope.engine.wasm.Runtimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Every verb there is, in the order of the help.
final class Verbs {
    private Verbs() {}

    static List<Verb> all() {
        return List.of(
                new SamplesVerb(),
                new InspectVerb(),
                new DisasmVerb(),
                new InvokeVerb(),
                new ServeVerb(),
                new ConsoleVerb(),
                new LatencyVerb(),
                new ReportVerb(),
                new BenchmarkVerb(),
                new VerifyVerb(),
                new ExportVerb());
    }

    /// Those of plugins follow the built-in ones. A name that is taken is reported and left out. No class of a plugin
    /// is loaded before its verb runs.
    static List<Verb> with(Plugins plugins, Path folder, Consumer<String> problems) {
        var verbs = new ArrayList<>(all());
        verbs.add(new PluginsVerb(plugins, folder));
        plugins.problems().forEach(problems);
        for (var plugin : plugins.all()) {
            for (var verb : plugin.verbs(Verbs::engine)) {
                if (verbs.stream().anyMatch(known -> known.name().equals(verb.name()))) {
                    problems.accept("The plugin %s brings the verb %s, which there is already: it is left out."
                            .formatted(plugin.name(), verb.name()));
                } else {
                    verbs.add(verb);
                }
            }
        }
        return verbs;
    }

    private static Engine engine() {
        return new HostEngine(Runtimes.builtIn());
    }
}
