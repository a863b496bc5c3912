package dev.wasmscope.engine.binary;

/// Floating-point constants as text.
final class FloatText {
    private FloatText() {}

    /// Shortest decimal that reads back to the same bits; `inf`, `nan`, `nan:0x200000`.
    static String of(int bits) {
        var value = Float.intBitsToFloat(bits);
        if (Float.isFinite(value)) {
            return Float.toString(value);
        }
        return special(bits < 0, bits & 0x7fffff, 0x400000);
    }

    static String of(long bits) {
        var value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            return Double.toString(value);
        }
        return special(bits < 0, bits & 0xfffffffffffffL, 0x8000000000000L);
    }

    /// As C's `%a`, trailing zeros cut: `-0x1.8p+0`.
    static String hex(int bits) {
        var exponent = ((bits >>> 23) & 0xff) - 127;
        var fraction = bits & 0x7fffff;
        if (exponent == 128) {
            return special(bits < 0, fraction, 0x400000);
        }
        return hex(bits < 0, exponent, -127, (long) fraction << 29, 52);
    }

    static String hex(long bits) {
        var exponent = (int) ((bits >>> 52) & 0x7ff) - 1023;
        var fraction = bits & 0xfffffffffffffL;
        if (exponent == 1024) {
            return special(bits < 0, fraction, 0x8000000000000L);
        }
        return hex(bits < 0, exponent, -1023, fraction, 52);
    }

    /// @param subnormal the exponent that marks a zero or a subnormal number, which is written normalised
    private static String hex(boolean negative, int exponent, int subnormal, long fraction, int width) {
        var e = exponent;
        var f = fraction;
        // wabt writes the point of a subnormal number even where no digit follows.
        var point = f != 0;
        if (e == subnormal) {
            if (f == 0) {
                return negative ? "-0x0p+0" : "0x0p+0";
            }
            e++;
            while ((f & (1L << width)) == 0) {
                f <<= 1;
                e--;
            }
            f &= (1L << width) - 1;
            point = true;
        }
        var digits = new StringBuilder();
        for (var shift = width - 4; f != 0 && shift >= 0; shift -= 4) {
            digits.append(Character.forDigit((int) ((f >>> shift) & 0xf), 16));
            f &= (1L << shift) - 1;
        }
        return (negative ? "-0x1" : "0x1") + (point ? "." : "") + digits + "p" + (e < 0 ? "" : "+") + e;
    }

    private static String special(boolean negative, long payload, long canonical) {
        var sign = negative ? "-" : "";
        if (payload == 0) {
            return sign + "inf";
        }
        return payload == canonical ? sign + "nan" : sign + "nan:0x" + Long.toHexString(payload);
    }
}
