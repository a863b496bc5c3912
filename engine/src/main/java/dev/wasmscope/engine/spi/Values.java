package dev.wasmscope.engine.spi;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values as people write them.
public final class Values {
    private Values() {}

    public sealed interface Parsed {}

    public record Good(Value value) implements Parsed {}

    /// @param reason a sentence for the field or the command line
    public record Bad(String reason) implements Parsed {}

    /// Integers in decimal, signed or unsigned, or in hexadecimal with `0x`; floats also as `nan`, `inf` and with a
    /// hexadecimal fraction (`0x1.8p3`); v128 as `0x` and up to 32 digits; references as `null` or an index.
    /// Underscores between digits are ignored.
    public static Parsed parse(ValueType type, String text) {
        var plain = text.strip().replace("_", "").toLowerCase(Locale.ROOT);
        if (plain.isEmpty()) {
            return new Bad("Enter a value of type %s, for example %s.".formatted(type, example(type)));
        }
        return switch (type.kind()) {
            case I32 -> integer(type, plain, 32);
            case I64 -> integer(type, plain, 64);
            case V128 -> integer(type, plain, 128);
            case F32, F64 -> floating(type, plain);
            case REFERENCE -> plain.equals("null") ? new Good(new Value(type, -1, 0)) : index(type, plain);
        };
    }

    private static String example(ValueType type) {
        return switch (type.kind()) {
            case I32, I64 -> "42, -1 or 0xff";
            case F32, F64 -> "1.5, nan or -inf";
            case V128 -> "0x0123456789abcdef0123456789abcdef";
            case REFERENCE -> "null or 0";
        };
    }

    private static @Nullable BigInteger number(String text) {
        var negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        var hexadecimal = digits.startsWith("0x");
        var body = hexadecimal ? digits.substring(2) : digits;
        // BigInteger accepts a second sign and other scripts' digits, and takes its time for long texts.
        if (!body.matches(hexadecimal ? "[0-9a-f]{1,64}" : "[0-9]{1,64}")) {
            return null;
        }
        var value = new BigInteger(body, hexadecimal ? 16 : 10);
        return negative ? value.negate() : value;
    }

    private static Parsed integer(ValueType type, String text, int bits) {
        var value = number(text);
        if (value == null) {
            return new Bad("\"%s\" is no %s: write it like %s.".formatted(text, type, example(type)));
        }
        var least = BigInteger.ONE.shiftLeft(bits - 1).negate();
        var most = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            return new Bad("%s does not fit into %s, which holds %s to %s.".formatted(text, type, least, most));
        }
        var low = value.longValue();
        return new Good(
                switch (type.kind()) {
                    case I32 -> Value.i32((int) low);
                    case I64 -> Value.i64(low);
                    default -> new Value(type, low, value.shiftRight(64).longValue());
                });
    }

    private static Parsed floating(ValueType type, String text) {
        var negative = text.startsWith("-");
        var body = negative || text.startsWith("+") ? text.substring(1) : text;
        double value;
        if (body.equals("inf") || body.equals("infinity")) {
            value = Double.POSITIVE_INFINITY;
        } else if (body.equals("nan")) {
            value = Double.NaN;
        } else if (body.matches("[0-9]+\\.?[0-9]*(e[+-]?[0-9]{1,9})?|\\.[0-9]+(e[+-]?[0-9]{1,9})?")) {
            return floating(type, negative, body);
        } else if (body.matches("0x[0-9a-f]+(\\.[0-9a-f]*)?(p[+-]?[0-9]{1,9})?")) {
            return floating(type, negative, body.contains("p") ? body : body + "p0");
        } else {
            return new Bad("\"%s\" is no %s: write it like %s.".formatted(text, type, example(type)));
        }
        return new Good(bits(type, negative, value, (float) value));
    }

    /// Each type from the text itself: a double rounded to a float may be off by one.
    private static Parsed floating(ValueType type, boolean negative, String body) {
        return new Good(bits(type, negative, Double.parseDouble(body), Float.parseFloat(body)));
    }

    private static Value bits(ValueType type, boolean negative, double wide, float narrow) {
        if (type.kind() == ValueType.Kind.F32) {
            var value = Value.f32(narrow);
            return negative ? new Value(type, value.low() ^ 0x8000_0000L, 0) : value;
        }
        var value = Value.f64(wide);
        return negative ? new Value(type, value.low() ^ Long.MIN_VALUE, 0) : value;
    }

    private static Parsed index(ValueType type, String text) {
        var value = number(text);
        if (value == null || value.signum() < 0 || value.bitLength() > 31) {
            return new Bad("\"%s\" is no %s: write null or an index.".formatted(text, type));
        }
        return new Good(new Value(type, value.longValue(), 0));
    }
}
