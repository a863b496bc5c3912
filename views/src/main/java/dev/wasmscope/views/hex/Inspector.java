package dev.wasmscope.views.hex;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the bytes at the cursor mean as each type.
final class Inspector {
    /// The longest thing that is looked at.
    static final int WINDOW = 64;

    private static final int LEB_MOST = 10;

    /// @param length bytes the value takes, 0 where there is none
    /// @param value empty where too few bytes are left or they are no such value
    record Reading(String type, Optional<String> value, int length) {
        /// The value, or a dash.
        String text() {
            return value.orElse("–");
        }
    }

    private Inspector() {}

    /// @param bytes from the cursor on, as many as there are up to [#WINDOW]
    static List<Reading> read(byte[] bytes, ByteOrder order) {
        var readings = new ArrayList<Reading>();
        numbers(bytes, order, readings);
        readings.add(leb(bytes, false));
        readings.add(leb(bytes, true));
        readings.add(utf8(bytes));
        readings.add(utf16(bytes, order));
        readings.add(text(bytes));
        return readings;
    }

    private static void numbers(byte[] bytes, ByteOrder order, List<Reading> readings) {
        var buffer = ByteBuffer.wrap(bytes).order(order);
        add(readings, "i8", 1, bytes, () -> Byte.toString(buffer.get(0)));
        add(readings, "u8", 1, bytes, () -> Integer.toString(buffer.get(0) & 0xff));
        add(readings, "i16", 2, bytes, () -> Short.toString(buffer.getShort(0)));
        add(readings, "u16", 2, bytes, () -> Integer.toString(buffer.getShort(0) & 0xffff));
        add(readings, "i32", 4, bytes, () -> Integer.toString(buffer.getInt(0)));
        add(readings, "u32", 4, bytes, () -> Integer.toUnsignedString(buffer.getInt(0)));
        add(readings, "i64", 8, bytes, () -> Long.toString(buffer.getLong(0)));
        add(readings, "u64", 8, bytes, () -> Long.toUnsignedString(buffer.getLong(0)));
        add(readings, "f32", 4, bytes, () -> f32(buffer.getInt(0)));
        add(readings, "f64", 8, bytes, () -> f64(buffer.getLong(0)));
    }

    private interface Decode {
        String text();
    }

    private static void add(List<Reading> readings, String type, int length, byte[] bytes, Decode decode) {
        readings.add(
                bytes.length >= length
                        ? new Reading(type, Optional.of(decode.text()), length)
                        : new Reading(type, Optional.empty(), 0));
    }

    /// The shortest decimal that reads back to the same bits; a NaN keeps its payload.
    static String f32(int bits) {
        float value = Float.intBitsToFloat(bits);
        return Float.isNaN(value) ? "nan:0x%x".formatted(bits & 0x7f_ffff) : Float.toString(value);
    }

    static String f64(long bits) {
        double value = Double.longBitsToDouble(bits);
        return Double.isNaN(value) ? "nan:0x%x".formatted(bits & 0xf_ffff_ffff_ffffL) : Double.toString(value);
    }

    /// At most 64 bits, as Wasm's binary format has them.
    static Reading leb(byte[] bytes, boolean signed) {
        var type = signed ? "sLEB128" : "uLEB128";
        var value = BigInteger.ZERO;
        for (int i = 0; i < Math.min(bytes.length, LEB_MOST); i++) {
            value = value.or(BigInteger.valueOf(bytes[i] & 0x7f).shiftLeft(7 * i));
            if (bytes[i] >= 0) {
                if (signed && (bytes[i] & 0x40) != 0) {
                    value = value.subtract(BigInteger.ONE.shiftLeft(7 * (i + 1)));
                }
                boolean fits = signed ? value.bitLength() <= 63 : value.bitLength() <= 64;
                return fits
                        ? new Reading(type, Optional.of(value.toString()), i + 1)
                        : new Reading(type, Optional.empty(), 0);
            }
        }
        return new Reading(type, Optional.empty(), 0);
    }

    /// The character at the cursor: `é U+00E9`.
    static Reading utf8(byte[] bytes) {
        int length = Utf8.length(bytes, 0);
        return length == 0
                ? new Reading("UTF-8", Optional.empty(), 0)
                : new Reading("UTF-8", Optional.of(named(Utf8.codePoint(bytes, 0, length))), length);
    }

    static Reading utf16(byte[] bytes, ByteOrder order) {
        var none = new Reading("UTF-16", Optional.empty(), 0);
        if (bytes.length < 2) {
            return none;
        }
        var buffer = ByteBuffer.wrap(bytes).order(order);
        char high = buffer.getChar(0);
        if (!Character.isSurrogate(high)) {
            return new Reading("UTF-16", Optional.of(named(high)), 2);
        }
        if (bytes.length < 4 || !Character.isSurrogatePair(high, buffer.getChar(2))) {
            return none;
        }
        return new Reading("UTF-16", Optional.of(named(Character.toCodePoint(high, buffer.getChar(2)))), 4);
    }

    /// The UTF-8 string at the cursor, up to a NUL, to what is no text, or to the end of the window.
    static Reading text(byte[] bytes) {
        var text = new StringBuilder();
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int length = Utf8.length(bytes, at);
            if (length == 0) {
                break;
            }
            int codePoint = Utf8.codePoint(bytes, at, length);
            if (Character.isISOControl(codePoint) && !Character.isWhitespace(codePoint)) {
                break;
            }
            text.append(Character.isISOControl(codePoint) ? escape(codePoint) : Character.toString(codePoint));
            at += length;
        }
        return new Reading("string", at == 0 ? Optional.empty() : Optional.of(text.toString()), at);
    }

    private static String named(int codePoint) {
        var shown = Character.isISOControl(codePoint) || !Character.isDefined(codePoint)
                ? ""
                : Character.toString(codePoint) + " ";
        return "%sU+%04X".formatted(shown, codePoint);
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted(codePoint);
        };
    }
}
