package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.names.NearestName;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Verb;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `disasm FILE`: instructions, as `wasm-objdump -d` writes them.
public final class DisasmVerb implements Verb {
    @Override
    public String name() {
        return "disasm";
    }

    @Override
    public String summary() {
        return "Disassemble the functions of a module, or one of them.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command
    private static final class Line extends ModuleLine {
        @Option(
                names = {"-f", "--function"},
                paramLabel = "F",
                description = "Index or name of the only function to show.")
        @Nullable
        String function;

        @Option(names = "--json", description = "Write JSON; with --function an object, else an array.")
        boolean json;

        Line(Terminal terminal) {
            super(terminal);
        }

        @Override
        int show(ModuleSource module, ModuleFacts facts) throws MalformedModuleException {
            return function == null ? all(module, facts) : one(module, facts, function);
        }

        private int all(ModuleSource module, ModuleFacts facts) throws MalformedModuleException {
            if (!json) {
                var text = new ObjdumpText(module.bytes(), facts, terminal.out());
                text.header(module.name());
                text.functions();
                return VerbLine.DONE;
            }
            // One function at a time: all of a large module as a tree would not fit.
            terminal.out().print("[");
            var separator = "\n";
            for (var f : facts.functions()) {
                if (!f.imported()) {
                    terminal.out().print(separator);
                    terminal.out()
                            .print(ModuleJson.disassembly(ModuleReader.disassemble(module.bytes(), facts, f.index())));
                    separator = ",\n";
                }
            }
            terminal.out().println("\n]");
            return VerbLine.DONE;
        }

        private int one(ModuleSource module, ModuleFacts facts, String wanted) throws MalformedModuleException {
            var found = find(facts, wanted);
            if (found.isEmpty()) {
                terminal.err().println(unknown(module, facts, wanted));
                return VerbLine.USAGE;
            }
            var f = found.get();
            if (json) {
                VerbLine.print(
                        ModuleJson.disassembly(ModuleReader.disassemble(module.bytes(), facts, f.index())), terminal);
            } else if (f.imported()) {
                terminal.out().printf("func[%d] <%s>: imported, %s%n", f.index(), f.name(), f.type());
            } else {
                new ObjdumpText(module.bytes(), facts, terminal.out()).function(f.index());
            }
            return VerbLine.DONE;
        }

        private static Optional<FunctionFact> find(ModuleFacts facts, String wanted) {
            if (wanted.matches("\\d{1,9}")) {
                var index = Integer.parseInt(wanted);
                return index < facts.functions().size()
                        ? Optional.of(facts.functions().get(index))
                        : Optional.empty();
            }
            var name = wanted.startsWith("$") ? wanted.substring(1) : wanted;
            return facts.functions().stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .or(() -> facts.exports().stream()
                            .filter(e ->
                                    e.kind() == ExternKind.FUNCTION && e.name().equals(name))
                            .map(e -> facts.functions().get(e.index()))
                            .findFirst());
        }

        private static String unknown(ModuleSource module, ModuleFacts facts, String wanted) {
            var count = facts.functions().size();
            if (wanted.matches("\\d+")) {
                return count == 0
                        ? "%s has no functions.".formatted(module.name())
                        : "%s has no function %s; its functions are 0 to %d."
                                .formatted(module.name(), wanted, count - 1);
            }
            var names = Stream.concat(
                            facts.functions().stream()
                                    .filter(FunctionFact::named)
                                    .map(FunctionFact::name),
                            facts.exports().stream()
                                    .filter(e -> e.kind() == ExternKind.FUNCTION)
                                    .map(ModuleFacts.ExportFact::name))
                    .toList();
            return "%s has no function named %s.%s"
                    .formatted(module.name(), wanted, NearestName.question(wanted, names));
        }
    }
}
