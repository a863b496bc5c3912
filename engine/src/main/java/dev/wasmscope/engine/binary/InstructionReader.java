package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.Immediate.Catch;
import dev.wasmscope.engine.binary.Immediate.Space;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decodes instructions one after the other, until the `end` that closes the body or constant expression. Nesting is
/// counted, never recursed into, so that depth costs nothing.
final class InstructionReader {
    private final ByteReader in;
    private final Set<String> features;
    private final TypeReader types;
    private int depth;
    private boolean ended;

    /// @param features gets the proposals that the instructions belong to
    InstructionReader(ByteReader in, Set<String> features) {
        this.in = in;
        this.features = features;
        this.types = new TypeReader(in, features);
    }

    /// Whether the last instruction closed the body.
    boolean ended() {
        return ended;
    }

    Instruction next() throws MalformedModuleException {
        var start = in.position();
        var opcode = opcode(start);
        if (!opcode.feature().isEmpty()) {
            features.add(opcode.feature());
        }
        if (opcode.closes()) {
            depth--;
            ended = depth < 0;
        }
        var at = Math.max(0, opcode.divides() ? depth - 1 : depth);
        var immediates = immediates(opcode);
        if (opcode.opens()) {
            depth++;
        }
        return new Instruction(start, in.position() - start, at, opcode, immediates);
    }

    private Opcode opcode(int start) throws MalformedModuleException {
        var first = in.u8("an instruction");
        var prefixed = Opcode.isPrefix(first);
        var code = prefixed ? in.u32("an opcode") : first;
        var opcode = Opcode.of(prefixed ? first : 0, code);
        if (opcode == null) {
            throw new MalformedModuleException(
                    prefixed
                            ? "Unknown instruction 0x%02x 0x%02x".formatted(first, code)
                            : "Unknown instruction 0x%02x".formatted(first),
                    start);
        }
        return opcode;
    }

    private List<Immediate> immediates(Opcode opcode) throws MalformedModuleException {
        var operands = opcode.operands();
        return switch (operands.size()) {
            case 0 -> List.of();
            case 1 -> List.of(immediate(opcode, operands.getFirst()));
            default -> {
                var all = new ArrayList<Immediate>(operands.size());
                for (var operand : operands) {
                    all.add(immediate(opcode, operand));
                }
                yield all;
            }
        };
    }

    private Immediate immediate(Opcode opcode, Opcode.Operand operand) throws MalformedModuleException {
        return switch (operand) {
            case BLOCK -> block();
            case CATCHES -> catches();
            case LABEL -> index(Space.LABEL, "a label");
            case LABELS -> labels();
            case FUNC -> index(Space.FUNCTION, "a function index");
            case TYPE -> index(Space.TYPE, "a type index");
            case TABLE -> table();
            case MEMORY -> memory();
            case GLOBAL -> index(Space.GLOBAL, "a global index");
            case LOCAL -> index(Space.LOCAL, "a local index");
            case TAG -> index(Space.TAG, "a tag index");
            case DATA -> index(Space.DATA, "a data segment index");
            case ELEM -> index(Space.ELEMENT, "an element segment index");
            case FIELD -> index(Space.FIELD, "a field index");
            case COUNT -> index(Space.COUNT, "a count");
            case MEMARG -> memoryArgument(opcode.natural());
            case LANE -> new Immediate.Lane(in.u8("a lane"));
            case I32 -> new Immediate.Int(in.s32("an i32 constant"));
            case I64 -> new Immediate.Long64(in.s64("an i64 constant"));
            case F32 -> new Immediate.Float32(in.fixed32("an f32 constant"));
            case F64 -> new Immediate.Float64(in.fixed64("an f64 constant"));
            case V128 -> new Immediate.Vector(in.fixed64("a v128 constant"), in.fixed64("a v128 constant"));
            case SHUFFLE -> new Immediate.Shuffle(in.fixed64("the lanes"), in.fixed64("the lanes"));
            case HEAP -> new Immediate.Heap(types.heap());
            case REF -> new Immediate.Reference(TypeReader.referenceTo(types.heap(), false));
            case REFNULL -> new Immediate.Reference(TypeReader.referenceTo(types.heap(), true));
            case CAST -> cast();
            case TYPES -> new Immediate.Types(types.values("types"));
            case FENCE -> new Immediate.Index(Space.FENCE, in.u8("the order of a fence"));
        };
    }

    private Immediate index(Space space, String what) throws MalformedModuleException {
        return new Immediate.Index(space, in.index(what));
    }

    private Immediate memory() throws MalformedModuleException {
        var memory = in.index("a memory index");
        if (memory != 0) {
            features.add("multimemory");
        }
        return new Immediate.Index(Space.MEMORY, memory);
    }

    private Immediate table() throws MalformedModuleException {
        var table = in.index("a table index");
        if (table != 0) {
            features.add("reference-types");
        }
        return new Immediate.Index(Space.TABLE, table);
    }

    private Immediate block() throws MalformedModuleException {
        var code = in.peek();
        if (code == 0x40) {
            in.skip(1, "a block type");
            return new Immediate.EmptyBlock();
        }
        // One byte with bit 6 set is a negative number: a value type.
        if (code < 0x80 && (code & 0x40) != 0) {
            return new Immediate.ValueBlock(types.value());
        }
        var start = in.position();
        var type = in.s33("a block type");
        if (type < 0 || type > Integer.MAX_VALUE) {
            throw new MalformedModuleException("Unknown block type %d".formatted(type), start);
        }
        features.add("multivalue");
        return new Immediate.TypedBlock((int) type);
    }

    private Immediate labels() throws MalformedModuleException {
        var count = in.count("labels");
        var targets = new ArrayList<Integer>();
        for (var i = 0; i <= count; i++) {
            targets.add(in.index("a label"));
        }
        return new Immediate.Labels(targets);
    }

    private Immediate catches() throws MalformedModuleException {
        var count = in.count("catch clauses");
        var clauses = new ArrayList<Catch>();
        for (var i = 0; i < count; i++) {
            var start = in.position();
            var kind = in.u8("a catch clause");
            if (kind > 3) {
                throw new MalformedModuleException("Unknown catch clause 0x%02x".formatted(kind), start);
            }
            var tag = kind < 2 ? in.index("a tag index") : -1;
            clauses.add(new Catch(kind, tag, in.index("a label")));
        }
        return new Immediate.Catches(clauses);
    }

    private Immediate memoryArgument(int natural) throws MalformedModuleException {
        var start = in.position();
        var align = in.u32("an alignment");
        var memory = 0;
        var explicit = (align & 0x40) != 0;
        if (explicit) {
            align &= ~0x40L;
            memory = in.index("a memory index");
            features.add("multimemory");
        }
        if (align >= 32) {
            throw new MalformedModuleException("The alignment 2^%d is none".formatted(align), start);
        }
        return new Immediate.MemoryArgument((int) align, natural, explicit, memory, in.u64("an offset"));
    }

    private Immediate cast() throws MalformedModuleException {
        var start = in.position();
        var flags = in.u8("the flags of a cast");
        if (flags > 3) {
            throw new MalformedModuleException("Unknown flags 0x%02x of a cast".formatted(flags), start);
        }
        var label = in.index("a label");
        ValueType from = TypeReader.referenceTo(types.heap(), (flags & 1) != 0);
        ValueType to = TypeReader.referenceTo(types.heap(), (flags & 2) != 0);
        return new Immediate.Cast(label, from, to);
    }
}
