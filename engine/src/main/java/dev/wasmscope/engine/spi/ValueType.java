package dev.wasmscope.engine.spi;

/// The type of a Wasm value.
///
/// @param kind what the value is made of
/// @param text as the text format writes it: `i32`, `v128`, `funcref`, `(ref null 3)`
public record ValueType(Kind kind, String text) {
    public static final ValueType I32 = new ValueType(Kind.I32, "i32");
    public static final ValueType I64 = new ValueType(Kind.I64, "i64");
    public static final ValueType F32 = new ValueType(Kind.F32, "f32");
    public static final ValueType F64 = new ValueType(Kind.F64, "f64");
    public static final ValueType V128 = new ValueType(Kind.V128, "v128");
    public static final ValueType FUNCREF = new ValueType(Kind.REFERENCE, "funcref");
    public static final ValueType EXTERNREF = new ValueType(Kind.REFERENCE, "externref");

    public enum Kind {
        I32,
        I64,
        F32,
        F64,
        V128,
        REFERENCE
    }

    @Override
    public String toString() {
        return text;
    }
}
