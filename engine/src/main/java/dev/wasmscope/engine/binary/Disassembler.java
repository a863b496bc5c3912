package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.Disassembly.Line;
import dev.wasmscope.engine.binary.Disassembly.LocalFact;
import dev.wasmscope.engine.binary.Immediate.Space;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Makes lines of one function's body.
final class Disassembler {
    private final byte[] module;
    private final ModuleFacts facts;
    private final FunctionFact function;
    private Map<Integer, String> localNames = Map.of();

    Disassembler(byte[] module, ModuleFacts facts, FunctionFact function) {
        this.module = module;
        this.facts = facts;
        this.function = function;
    }

    Disassembly disassemble() throws MalformedModuleException {
        if (function.imported()) {
            return new Disassembly(function.index(), function.name(), header(), parameters(), List.of());
        }
        localNames = localNames(module, facts, function.index());
        var body = FunctionBody.open(module, function);
        var locals = new ArrayList<>(parameters());
        for (var group : body.locals()) {
            for (var i = 0; i < group.count(); i++) {
                locals.add(local(locals.size(), group.type().text(), false));
            }
        }
        var lines = new ArrayList<Line>();
        var code = body.code(new HashSet<>());
        while (!code.ended()) {
            lines.add(line(code.next()));
        }
        body.checkEnd();
        return new Disassembly(function.index(), function.name(), header(), List.copyOf(locals), List.copyOf(lines));
    }

    static Map<Integer, String> localNames(byte[] module, ModuleFacts facts, int function) {
        return facts.sections().stream()
                .filter(s -> s.custom() && s.name().equals("name"))
                .findFirst()
                .map(s -> new ByteReader(
                        module,
                        (int) s.contentOffset(),
                        (int) (s.contentOffset() + s.contentSize()),
                        "the name section"))
                .map(in -> NameSection.locals(in, function))
                .orElse(Map.of());
    }

    private List<LocalFact> parameters() {
        var locals = new ArrayList<LocalFact>();
        for (var type : function.type().parameters()) {
            locals.add(local(locals.size(), type.text(), true));
        }
        return locals;
    }

    private LocalFact local(int index, String type, boolean parameter) {
        return new LocalFact(index, localNames.getOrDefault(index, ""), type, parameter);
    }

    /// `(func $fib (param $n i64) (result i64))`; parameters without names stand in one pair of parentheses.
    private String header() {
        var type = function.type();
        var named = parameters().stream().anyMatch(p -> !p.name().isEmpty());
        var text = new StringBuilder("(func").append(function.named() ? " $" + function.name() : "");
        if (named) {
            for (var p : parameters()) {
                text.append(" (param ")
                        .append(p.name().isEmpty() ? "" : "$" + p.name() + " ")
                        .append(p.type())
                        .append(')');
            }
        } else {
            text.append(TypeReader.clause("param", type.parameters()));
        }
        return text.append(TypeReader.clause("result", type.results()))
                .append(')')
                .toString();
    }

    private Line line(Instruction instruction) {
        return new Line(
                instruction.offset(),
                instruction.length(),
                instruction.depth(),
                instruction.opcode().mnemonic(),
                OperandText.of(instruction),
                target(instruction),
                note(instruction));
    }

    private static OptionalInt target(Instruction instruction) {
        for (var immediate : instruction.immediates()) {
            if (immediate instanceof Immediate.Index(Space space, int value) && space == Space.FUNCTION) {
                return OptionalInt.of(value);
            }
        }
        return OptionalInt.empty();
    }

    private String note(Instruction instruction) {
        for (var immediate : instruction.immediates()) {
            var name = switch (immediate) {
                case Immediate.Index(Space space, int value) -> name(space, value);
                case Immediate.TypedBlock(int type) -> name(Space.TYPE, type);
                case Immediate.MemoryArgument m -> m.memory() == 0 ? "" : name(Space.MEMORY, m.memory());
                default -> "";
            };
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    /// Empty where it has none, and where a body names what the module does not have.
    private String name(Space space, int index) {
        return switch (space) {
            case FUNCTION ->
                index < facts.functions().size() && facts.functions().get(index).named()
                        ? facts.functions().get(index).name()
                        : "";
            case TYPE -> typeName(index);
            case TABLE ->
                index < facts.tables().size() ? facts.tables().get(index).name() : "";
            case MEMORY ->
                index > 0 && index < facts.memories().size()
                        ? facts.memories().get(index).name()
                        : "";
            case GLOBAL ->
                index < facts.globals().size() ? facts.globals().get(index).name() : "";
            case TAG -> index < facts.tags().size() ? facts.tags().get(index).name() : "";
            case DATA -> index < facts.data().size() ? facts.data().get(index).name() : "";
            case ELEMENT ->
                index < facts.elements().size() ? facts.elements().get(index).name() : "";
            case LOCAL -> localNames.getOrDefault(index, "");
            case LABEL, FIELD, COUNT, FENCE -> "";
        };
    }

    /// A type's own name, else its signature: that is what an indirect call needs.
    private String typeName(int index) {
        if (index >= facts.types().size()) {
            return "";
        }
        var type = facts.types().get(index);
        return type.name().isEmpty() ? type.function().map(Object::toString).orElse("") : type.name();
    }
}
