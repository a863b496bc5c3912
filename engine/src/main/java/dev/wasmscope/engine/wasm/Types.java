package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Between Chicory's types and ours.
final class Types {
    private Types() {}

    static ValueType of(ValType type) {
        if (type.equals(ValType.I32)) {
            return ValueType.I32;
        } else if (type.equals(ValType.I64)) {
            return ValueType.I64;
        } else if (type.equals(ValType.F32)) {
            return ValueType.F32;
        } else if (type.equals(ValType.F64)) {
            return ValueType.F64;
        } else if (type.equals(ValType.V128)) {
            return ValueType.V128;
        } else if (type.equals(ValType.FuncRef)) {
            return ValueType.FUNCREF;
        } else if (type.equals(ValType.ExternRef)) {
            return ValueType.EXTERNREF;
        }
        return new ValueType(ValueType.Kind.REFERENCE, type.toString());
    }

    static ValType of(ValueType type) {
        return switch (type.kind()) {
            case I32 -> ValType.I32;
            case I64 -> ValType.I64;
            case F32 -> ValType.F32;
            case F64 -> ValType.F64;
            case V128 -> ValType.V128;
            case REFERENCE -> type.equals(ValueType.EXTERNREF) ? ValType.ExternRef : ValType.FuncRef;
        };
    }

    static FunctionType of(com.dylibso.chicory.wasm.types.FunctionType type) {
        return new FunctionType(
                type.params().stream().map(Types::of).toList(),
                type.returns().stream().map(Types::of).toList());
    }

    static com.dylibso.chicory.wasm.types.FunctionType of(FunctionType type) {
        return com.dylibso.chicory.wasm.types.FunctionType.of(
                type.parameters().stream().map(Types::of).toList(),
                type.results().stream().map(Types::of).toList());
    }

    static ExternKind of(ExternalType type) {
        return switch (type) {
            case FUNCTION -> ExternKind.FUNCTION;
            case TABLE -> ExternKind.TABLE;
            case MEMORY -> ExternKind.MEMORY;
            case GLOBAL -> ExternKind.GLOBAL;
            case TAG -> ExternKind.TAG;
        };
    }

    static long[] toRaw(List<Value> values) {
        var raw = new long[values.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = toRaw(values.get(i));
        }
        return raw;
    }

    /// Chicory sign-extends i32.
    static long toRaw(Value value) {
        return value.type().kind() == ValueType.Kind.I32 ? value.asI32() : value.low();
    }

    static List<Value> fromRaw(List<ValueType> types, long @Nullable [] raw) {
        var values = new ArrayList<Value>(types.size());
        for (int i = 0; i < types.size(); i++) {
            values.add(fromRaw(types.get(i), raw == null ? 0 : raw[i], 0));
        }
        return values;
    }

    static Value fromRaw(ValueType type, long low, long high) {
        return switch (type.kind()) {
            case I32, F32 -> new Value(type, low & 0xffff_ffffL, 0);
            case REFERENCE -> new Value(type, (int) low, 0);
            case I64, F64 -> new Value(type, low, 0);
            case V128 -> new Value(type, low, high);
        };
    }
}
