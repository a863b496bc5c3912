package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.Immediate.Space;
import java.util.List;
import java.util.stream.Collectors;

/// Operands as the text format writes them, numbers for indices: `offset=8`, `1 (type 3)`, `0x1p-3`.
final class OperandText {
    private OperandText() {}

    static String of(Instruction instruction) {
        var immediates = instruction.immediates();
        return switch (immediates.size()) {
            case 0 -> "";
            case 1 -> one(immediates.getFirst());
            default -> several(instruction, immediates);
        };
    }

    private static String one(Immediate immediate) {
        // The only memory goes without saying.
        if (immediate instanceof Immediate.Index(Space space, int value) && space == Space.MEMORY && value == 0) {
            return "";
        }
        if (immediate instanceof Immediate.Index(Space space, int value) && space == Space.FENCE) {
            return value == 0 ? "" : Integer.toString(value);
        }
        return text(immediate);
    }

    private static String several(Instruction instruction, List<Immediate> immediates) {
        var first = immediates.get(0);
        var second = immediates.get(1);
        return switch (instruction.opcode().mnemonic()) {
            case "call_indirect", "return_call_indirect" ->
                (indexOf(second) == 0 ? "" : indexOf(second) + " ") + "(type " + indexOf(first) + ")";
            case "memory.init" -> indexOf(second) == 0 ? text(first) : text(second) + " " + text(first);
            case "table.init" -> indexOf(second) == 0 ? text(first) : text(second) + " " + text(first);
            case "memory.copy", "table.copy" ->
                indexOf(first) == 0 && indexOf(second) == 0 ? "" : text(first) + " " + text(second);
            default ->
                immediates.stream()
                        .map(OperandText::text)
                        .filter(t -> !t.isEmpty())
                        .collect(Collectors.joining(" "));
        };
    }

    static int indexOf(Immediate immediate) {
        if (immediate instanceof Immediate.Index(var _, int value)) {
            return value;
        }
        throw new IllegalArgumentException("Not an index: " + immediate);
    }

    static String text(Immediate immediate) {
        return switch (immediate) {
            case Immediate.Index(var _, int value) -> Integer.toString(value);
            case Immediate.Int(int value) -> Integer.toString(value);
            case Immediate.Long64(long value) -> Long.toString(value);
            case Immediate.Float32(int bits) -> FloatText.of(bits);
            case Immediate.Float64(long bits) -> FloatText.of(bits);
            case Immediate.Vector(long low, long high) ->
                "i32x4 0x%08x 0x%08x 0x%08x 0x%08x"
                        .formatted((int) low, (int) (low >>> 32), (int) high, (int) (high >>> 32));
            case Immediate.Shuffle(long low, long high) -> lanes(low, high);
            case Immediate.Lane(int value) -> Integer.toString(value);
            case Immediate.MemoryArgument argument -> memory(argument);
            case Immediate.EmptyBlock() -> "";
            case Immediate.ValueBlock(var type) -> "(result " + type.text() + ")";
            case Immediate.TypedBlock(int type) -> "(type " + type + ")";
            case Immediate.Labels(var targets) ->
                targets.stream().map(String::valueOf).collect(Collectors.joining(" "));
            case Immediate.Types(var types) ->
                types.stream().map(t -> t.text()).collect(Collectors.joining(" ", "(result ", ")"));
            case Immediate.Heap(String type) -> type;
            case Immediate.Reference(var type) -> type.text();
            case Immediate.Cast(int label, var from, var to) -> label + " " + from.text() + " " + to.text();
            case Immediate.Catches(var clauses) ->
                clauses.stream().map(OperandText::clause).collect(Collectors.joining(" "));
        };
    }

    private static String lanes(long low, long high) {
        var text = new StringBuilder();
        for (var i = 0; i < 16; i++) {
            text.append(i == 0 ? "" : " ").append((i < 8 ? low : high) >>> (8 * (i % 8)) & 0xff);
        }
        return text.toString();
    }

    private static String memory(Immediate.MemoryArgument argument) {
        var text = new StringBuilder();
        if (argument.memory() != 0) {
            text.append(argument.memory());
        }
        if (argument.offset() != 0) {
            text.append(text.isEmpty() ? "" : " ").append("offset=").append(Long.toUnsignedString(argument.offset()));
        }
        if (argument.align() != argument.natural()) {
            text.append(text.isEmpty() ? "" : " ").append("align=").append(1L << argument.align());
        }
        return text.toString();
    }

    private static String clause(Immediate.Catch clause) {
        return switch (clause.kind()) {
            case 0 -> "(catch %d %d)".formatted(clause.tag(), clause.label());
            case 1 -> "(catch_ref %d %d)".formatted(clause.tag(), clause.label());
            case 2 -> "(catch_all %d)".formatted(clause.label());
            default -> "(catch_all_ref %d)".formatted(clause.label());
        };
    }
}
