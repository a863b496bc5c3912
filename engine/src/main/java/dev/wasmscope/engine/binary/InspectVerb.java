package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.spi.Verb;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inspect FILE`: what is in a module.
public final class InspectVerb implements Verb {
    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String summary() {
        return "Show what is in a module: sections, imports, exports, memories, features.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "FILE", description = "A .wasm file, or sample:NAME.")
        String file = "";

        @Option(names = "--json", description = "Write JSON.")
        boolean json;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            try {
                var module = ModuleFiles.read(file);
                var facts = ModuleReader.read(module.bytes());
                var features = features(module.bytes(), facts);
                if (json) {
                    VerbLine.print(ModuleJson.facts(facts, features), terminal);
                } else {
                    new ModuleTables(facts, terminal.out()).print(module.name(), features);
                }
                return VerbLine.DONE;
            } catch (UnreadableModuleException e) {
                terminal.err().println(e.getMessage());
            } catch (MalformedModuleException e) {
                terminal.err().println(file + ": " + e.getMessage());
            }
            return VerbLine.USAGE;
        }

        /// A body that cannot be decoded does not hide the rest of the module.
        private Collection<String> features(byte[] module, ModuleFacts facts) {
            var features = new TreeSet<>(facts.features());
            try {
                features.addAll(ModuleReader.featuresInBodies(module, facts));
            } catch (MalformedModuleException e) {
                terminal.err().println(file + ": " + e.getMessage());
            }
            return features;
        }
    }
}
