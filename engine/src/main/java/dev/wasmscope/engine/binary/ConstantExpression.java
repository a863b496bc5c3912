package dev.wasmscope.engine.binary;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// An initial value or the offset of a segment.
///
/// @param value where it is a single integer constant; i32 unsigned
record ConstantExpression(String text, Optional<Long> value) {
    private static final int SHOWN = 16;
    static final ConstantExpression NONE = new ConstantExpression("", Optional.empty());

    static ConstantExpression read(ByteReader in, Set<String> features) throws MalformedModuleException {
        var simple = constant(in);
        if (simple.isPresent()) {
            var value = simple.getAsInt();
            return new ConstantExpression("i32.const " + value, Optional.of(Integer.toUnsignedLong(value)));
        }
        var reader = new InstructionReader(in, features);
        var text = new StringBuilder();
        Optional<Long> value = Optional.empty();
        for (var n = 0; ; n++) {
            var instruction = reader.next();
            if (reader.ended()) {
                return new ConstantExpression(text.toString(), n == 1 ? value : Optional.empty());
            }
            if (n == 0) {
                value = constant(instruction);
            } else if (n == 1) {
                features.add("extended-const");
            }
            if (n < SHOWN) {
                var operands = OperandText.of(instruction);
                text.append(n == 0 ? "" : " ")
                        .append(instruction.opcode().mnemonic())
                        .append(operands.isEmpty() ? "" : " " + operands);
            } else if (n == SHOWN) {
                text.append(" …");
            }
        }
    }

    /// Nearly every offset is one `i32.const`, and a module can have a hundred thousand of them.
    private static OptionalInt constant(ByteReader in) throws MalformedModuleException {
        var start = in.position();
        if (!in.atEnd() && in.peek() == 0x41) {
            in.skip(1, "an instruction");
            var value = in.s32("an i32 constant");
            if (!in.atEnd() && in.peek() == Opcode.END) {
                in.skip(1, "an instruction");
                return OptionalInt.of(value);
            }
            in.rewind(start);
        }
        return OptionalInt.empty();
    }

    static void skip(ByteReader in, Set<String> features) throws MalformedModuleException {
        var reader = new InstructionReader(in, features);
        while (!reader.ended()) {
            reader.next();
        }
    }

    private static Optional<Long> constant(Instruction instruction) {
        if (instruction.immediates().size() != 1) {
            return Optional.empty();
        }
        return switch (instruction.immediates().getFirst()) {
            case Immediate.Int(int value) -> Optional.of(Integer.toUnsignedLong(value));
            case Immediate.Long64(long value) -> Optional.of(value);
            default -> Optional.empty();
        };
    }
}
