package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.ModuleFacts.LimitsFact;
import dev.wasmscope.engine.binary.ModuleFacts.TypeFact;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decodes types: of values, functions, tables, memories, and those of garbage collection as text.
final class TypeReader {
    private static final Map<Integer, String> HEAP_TYPES = Map.ofEntries(
            Map.entry(0x74, "noexn"),
            Map.entry(0x73, "nofunc"),
            Map.entry(0x72, "noextern"),
            Map.entry(0x71, "none"),
            Map.entry(0x70, "func"),
            Map.entry(0x6f, "extern"),
            Map.entry(0x6e, "any"),
            Map.entry(0x6d, "eq"),
            Map.entry(0x6c, "i31"),
            Map.entry(0x6b, "struct"),
            Map.entry(0x6a, "array"),
            Map.entry(0x69, "exn"),
            Map.entry(0x68, "cont"),
            Map.entry(0x75, "nocont"));
    private static final Map<String, String> SHORT_REFERENCES = Map.ofEntries(
            Map.entry("noexn", "nullexnref"),
            Map.entry("nofunc", "nullfuncref"),
            Map.entry("noextern", "nullexternref"),
            Map.entry("none", "nullref"),
            Map.entry("func", "funcref"),
            Map.entry("extern", "externref"),
            Map.entry("any", "anyref"),
            Map.entry("eq", "eqref"),
            Map.entry("i31", "i31ref"),
            Map.entry("struct", "structref"),
            Map.entry("array", "arrayref"),
            Map.entry("exn", "exnref"),
            Map.entry("cont", "contref"),
            Map.entry("nocont", "nullcontref"));

    private final ByteReader in;
    private final Set<String> features;

    TypeReader(ByteReader in, Set<String> features) {
        this.in = in;
        this.features = features;
    }

    ValueType value() throws MalformedModuleException {
        var start = in.position();
        var code = in.u8("a value type");
        var number = number(code);
        return number != null ? number : reference(code, start);
    }

    private @Nullable ValueType number(int code) {
        return switch (code) {
            case 0x7f -> ValueType.I32;
            case 0x7e -> ValueType.I64;
            case 0x7d -> ValueType.F32;
            case 0x7c -> ValueType.F64;
            case 0x7b -> {
                features.add("simd128");
                yield ValueType.V128;
            }
            default -> null;
        };
    }

    ValueType reference() throws MalformedModuleException {
        var start = in.position();
        return reference(in.u8("a reference type"), start);
    }

    private ValueType reference(int code, int start) throws MalformedModuleException {
        if (code == 0x70) {
            return ValueType.FUNCREF;
        }
        features.add("reference-types");
        if (code == 0x6f) {
            return ValueType.EXTERNREF;
        }
        if (code == 0x63 || code == 0x64) {
            features.add("gc");
            return referenceTo(heap(), code == 0x63);
        }
        var heap = HEAP_TYPES.get(code);
        if (heap == null) {
            throw new MalformedModuleException("Unknown value type 0x%02x".formatted(code), start);
        }
        features.add(heap.endsWith("exn") ? "exception-handling" : "gc");
        return referenceTo(heap, true);
    }

    static ValueType referenceTo(String heap, boolean nullable) {
        var text = nullable ? SHORT_REFERENCES.get(heap) : null;
        return new ValueType(
                ValueType.Kind.REFERENCE, text != null ? text : "(ref %s%s)".formatted(nullable ? "null " : "", heap));
    }

    /// `func`, `extern`, or the index of a type.
    String heap() throws MalformedModuleException {
        var start = in.position();
        if (in.peek() == 0x65) {
            in.skip(1, "a heap type");
            return "(shared " + heap() + ")";
        }
        var code = in.s33("a heap type");
        if (code >= 0) {
            features.add("gc");
            return Long.toString(code);
        }
        var name = HEAP_TYPES.get((int) (code & 0x7f));
        if (name == null || code < -64) {
            throw new MalformedModuleException("Unknown heap type %d".formatted(code), start);
        }
        return name;
    }

    /// Reads the type section's entries; a recursion group holds several types.
    List<TypeFact> section() throws MalformedModuleException {
        var types = new ArrayList<TypeFact>();
        var count = in.count("types");
        for (var i = 0; i < count; i++) {
            if (in.peek() == 0x4e) {
                in.skip(1, "a recursion group");
                features.add("gc");
                var members = in.count("types");
                for (var k = 0; k < members; k++) {
                    types.add(sub(types.size()));
                }
            } else {
                types.add(sub(types.size()));
            }
        }
        return types;
    }

    private TypeFact sub(int index) throws MalformedModuleException {
        var form = in.peek();
        if (form != 0x50 && form != 0x4f) {
            return composite(index, List.of(), form != 0x4f, true);
        }
        in.skip(1, "a subtype");
        features.add("gc");
        var count = in.count("supertypes");
        var supers = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            supers.add(Integer.toString(in.index("a supertype")));
        }
        return composite(index, supers, form == 0x4f, false);
    }

    private TypeFact composite(int index, List<String> supers, boolean last, boolean plain)
            throws MalformedModuleException {
        var start = in.position();
        var form = in.u8("a type");
        var shared = form == 0x65;
        if (shared) {
            form = in.u8("a shared type");
        }
        Optional<FunctionType> function = Optional.empty();
        String text;
        switch (form) {
            case 0x60 -> {
                var type = new FunctionType(values("parameters"), values("results"));
                if (type.results().size() > 1) {
                    features.add("multivalue");
                }
                function = Optional.of(type);
                text = functionText(type);
            }
            case 0x5f -> text = struct();
            case 0x5e -> {
                features.add("gc");
                text = "(array " + field() + ")";
            }
            default -> throw new MalformedModuleException("Unknown form of type 0x%02x".formatted(form), start);
        }
        if (shared) {
            text = "(shared " + text + ")";
        }
        if (!plain) {
            var before =
                    (last ? "final " : "") + supers.stream().map(s -> s + " ").collect(Collectors.joining());
            text = "(sub " + before + text + ")";
        }
        return new TypeFact(index, "", function, text);
    }

    private String struct() throws MalformedModuleException {
        features.add("gc");
        var count = in.count("fields");
        var text = new StringBuilder("(struct");
        for (var i = 0; i < count; i++) {
            text.append(" (field ").append(field()).append(')');
        }
        return text.append(')').toString();
    }

    private String field() throws MalformedModuleException {
        var storage = switch (in.peek()) {
            case 0x78 -> packed("i8");
            case 0x77 -> packed("i16");
            default -> value().text();
        };
        return mutable("a field") ? "(mut " + storage + ")" : storage;
    }

    private String packed(String name) throws MalformedModuleException {
        in.skip(1, "a packed type");
        return name;
    }

    boolean mutable(String what) throws MalformedModuleException {
        var start = in.position();
        var flag = in.u8("the mutability of " + what);
        if (flag > 1) {
            throw new MalformedModuleException(
                    "The mutability of %s is 0x%02x; it must be 0 or 1".formatted(what, flag), start);
        }
        return flag == 1;
    }

    List<ValueType> values(String what) throws MalformedModuleException {
        var count = in.count(what);
        var types = new ArrayList<ValueType>();
        for (var i = 0; i < count; i++) {
            types.add(value());
        }
        return types;
    }

    static String functionText(FunctionType type) {
        return "(func" + clause("param", type.parameters()) + clause("result", type.results()) + ")";
    }

    /// ` (param i32 i32)` with a space in front; empty without types.
    static String clause(String keyword, List<ValueType> types) {
        return types.isEmpty()
                ? ""
                : types.stream().map(ValueType::text).collect(Collectors.joining(" ", " (" + keyword + " ", ")"));
    }

    /// Limits of a table or memory.
    LimitsFact limits() throws MalformedModuleException {
        var start = in.position();
        var flags = in.u8("the flags of limits");
        if (flags > 0x0f) {
            throw new MalformedModuleException("Unknown flags 0x%02x of limits".formatted(flags), start);
        }
        var wide = (flags & 4) != 0;
        var shared = (flags & 2) != 0;
        if (wide) {
            features.add("memory64");
        }
        if (shared) {
            features.add("atomics");
        }
        var minimum = limit("the minimum", wide);
        var maximum = (flags & 1) != 0 ? Optional.of(limit("the maximum", wide)) : Optional.<Long>empty();
        var page = OptionalInt.empty();
        if ((flags & 8) != 0) {
            features.add("custom-page-sizes");
            page = OptionalInt.of(in.index("the page size"));
        }
        return new LimitsFact(minimum, maximum, shared, wide, page);
    }

    private long limit(String what, boolean wide) throws MalformedModuleException {
        return wide ? in.u64(what) : in.u32(what);
    }
}
