package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Verb;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
    private static final class Line extends ModuleLine {
        @Option(names = "--json", description = "Write JSON.")
        boolean json;

        Line(Terminal terminal) {
            super(terminal);
        }

        @Override
        int show(ModuleSource module, ModuleFacts facts) {
            var features = features(module.bytes(), facts);
            if (json) {
                VerbLine.print(ModuleJson.facts(facts, features), terminal);
            } else {
                new ModuleTables(facts, terminal.out()).print(module.name(), features);
            }
            return VerbLine.DONE;
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
