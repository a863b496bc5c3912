package dev.wasmscope.engine.spi;

/// One Wasm value as raw bits.
///
/// @param low bits 0-63; the only ones of every type but v128; i32 and f32 zero-extended
/// @param high bits 64-127 of a v128, else 0
public record Value(ValueType type, long low, long high) {
    public static Value i32(int value) {
        return new Value(ValueType.I32, Integer.toUnsignedLong(value), 0);
    }

    public static Value i64(long value) {
        return new Value(ValueType.I64, value, 0);
    }

    public static Value f32(float value) {
        return new Value(ValueType.F32, Integer.toUnsignedLong(Float.floatToRawIntBits(value)), 0);
    }

    public static Value f64(double value) {
        return new Value(ValueType.F64, Double.doubleToRawLongBits(value), 0);
    }

    public int asI32() {
        return (int) low;
    }

    public long asI64() {
        return low;
    }

    public float asF32() {
        return Float.intBitsToFloat((int) low);
    }

    public double asF64() {
        return Double.longBitsToDouble(low);
    }

    /// Decimal for numbers (signed), hexadecimal for v128, the index or `null` for references.
    @Override
    public String toString() {
        return switch (type.kind()) {
            case I32 -> Integer.toString(asI32());
            case I64 -> Long.toString(low);
            case F32 -> Float.toString(asF32());
            case F64 -> Double.toString(asF64());
            case V128 -> "0x%016x%016x".formatted(high, low);
            case REFERENCE -> low == -1 ? "null" : Long.toString(low);
        };
    }
}
