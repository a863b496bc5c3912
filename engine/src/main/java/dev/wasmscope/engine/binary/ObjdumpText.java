package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.Immediate.Space;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes functions line for line as `wasm-objdump -d` of wabt 1.0.32 does: offset, bytes, mnemonic, operands.
///
/// What that version cannot read (garbage collection, `try_table`) is written in the same manner with the text
/// format's operands. Locals are numbered after the parameters; wabt 1.0.32 takes the number of parameters from the
/// wrong type there.
public final class ObjdumpText {
    private static final int BYTES_A_LINE = 9;

    private final byte[] module;
    private final ModuleFacts facts;
    private final Appendable out;

    /// @param module the bytes that `facts` were read from
    public ObjdumpText(byte[] module, ModuleFacts facts, Appendable out) {
        this.module = module;
        this.facts = facts;
        this.out = out;
    }

    /// What stands before the first function.
    public void header(String fileName) {
        append("\n" + fileName + ":\tfile format wasm 0x1\n");
        facts.moduleName().ifPresent(name -> append("module name: <" + name + ">\n"));
        append("\nCode Disassembly:\n\n");
    }

    /// Every function with a body, one after the other.
    public void functions() throws MalformedModuleException {
        for (var function : facts.functions()) {
            if (!function.imported()) {
                function(function.index());
            }
        }
    }

    /// Nothing where it is imported.
    public void function(int index) throws MalformedModuleException {
        var function = facts.functions().get(index);
        if (function.imported()) {
            return;
        }
        append("%06x func[%d]%s:\n"
                .formatted(function.codeOffset(), index, function.named() ? angled(function.name()) : ""));
        var body = FunctionBody.open(module, function);
        locals(function, body);
        var names = Disassembler.localNames(module, facts, index);
        var code = body.code(new HashSet<>());
        while (!code.ended()) {
            instruction(code.next(), names);
        }
        body.checkEnd();
    }

    private void locals(FunctionFact function, FunctionBody body) {
        var next = function.type().parameters().size();
        for (var group : body.locals()) {
            var last = next + group.count() - 1;
            var numbers = group.count() == 1 ? "" + next : next + ".." + last;
            line(
                    group.offset(),
                    group.length(),
                    "local[" + numbers + "] type=" + group.type().text());
            next += group.count();
        }
    }

    private void instruction(Instruction instruction, Map<Integer, String> localNames) {
        var operands = operands(instruction, localNames);
        line(
                instruction.offset(),
                instruction.length(),
                "  ".repeat(instruction.depth())
                        + instruction.opcode().mnemonic()
                        + (operands.isEmpty() ? "" : " " + operands));
    }

    private void line(int offset, int length, String text) {
        var line = new StringBuilder(64);
        for (var at = 0; at < length; at += BYTES_A_LINE) {
            line.append(' ');
            hex(line, offset + at, 6);
            line.append(':');
            for (var i = at; i < at + BYTES_A_LINE; i++) {
                line.append(' ');
                if (i < length) {
                    hex(line, module[offset + i] & 0xff, 2);
                } else {
                    line.append("  ");
                }
            }
            line.append(" | ").append(at == 0 ? text : "").append('\n');
        }
        append(line);
    }

    private static void hex(StringBuilder line, int value, int width) {
        var digits = Integer.toHexString(value);
        line.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private String operands(Instruction instruction, Map<Integer, String> localNames) {
        var immediates = instruction.immediates();
        return switch (instruction.opcode().mnemonic()) {
            case "call_indirect" -> {
                var type = OperandText.indexOf(immediates.get(0));
                var table = OperandText.indexOf(immediates.get(1));
                yield table
                        + angled(
                                table < facts.tables().size()
                                        ? facts.tables().get(table).name()
                                        : "")
                        + " (type " + type
                        + angled(
                                type < facts.types().size()
                                        ? facts.types().get(type).name()
                                        : "")
                        + ")";
            }
            case "memory.init" -> plain(immediates) + named(immediates.getFirst());
            case "call", "throw", "global.get", "global.set", "data.drop" ->
                plain(immediates) + named(immediates.getFirst());
            case "local.get", "local.set", "local.tee" ->
                plain(immediates) + angled(localNames.getOrDefault(OperandText.indexOf(immediates.getFirst()), ""));
            default -> plain(immediates);
        };
    }

    private static String plain(List<Immediate> immediates) {
        return immediates.stream().map(ObjdumpText::plain).collect(Collectors.joining(" "));
    }

    private static String plain(Immediate immediate) {
        return switch (immediate) {
            case Immediate.Index(var _, int value) -> Integer.toString(value);
            case Immediate.Int(int value) -> Integer.toUnsignedString(value);
            case Immediate.Float32(int bits) -> FloatText.hex(bits);
            case Immediate.Float64(long bits) -> FloatText.hex(bits);
            case Immediate.Vector(long low, long high) -> words(low, high);
            case Immediate.Shuffle(long low, long high) -> words(low, high);
            case Immediate.MemoryArgument m ->
                m.align() + (m.memory() == 0 ? "" : " " + m.memory()) + " " + Long.toUnsignedString(m.offset());
            case Immediate.ValueBlock(var type) -> type.text();
            case Immediate.TypedBlock(int type) -> "type[" + type + "]";
            case Immediate.Types(var types) -> types.stream().map(t -> t.text()).collect(Collectors.joining(" "));
            default -> OperandText.text(immediate);
        };
    }

    private static String words(long low, long high) {
        return "0x%08x 0x%08x 0x%08x 0x%08x".formatted((int) low, (int) (low >>> 32), (int) high, (int) (high >>> 32));
    }

    private String named(Immediate immediate) {
        if (!(immediate instanceof Immediate.Index(Space space, int index))) {
            return "";
        }
        return angled(
                switch (space) {
                    case FUNCTION ->
                        index < facts.functions().size()
                                        && facts.functions().get(index).named()
                                ? facts.functions().get(index).name()
                                : "";
                    case GLOBAL ->
                        index < facts.globals().size()
                                ? facts.globals().get(index).name()
                                : "";
                    case TAG ->
                        index < facts.tags().size() ? facts.tags().get(index).name() : "";
                    case DATA ->
                        index < facts.data().size() ? facts.data().get(index).name() : "";
                    default -> "";
                });
    }

    private static String angled(String name) {
        return name.isEmpty() ? "" : " <" + name + ">";
    }

    private void append(CharSequence text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
