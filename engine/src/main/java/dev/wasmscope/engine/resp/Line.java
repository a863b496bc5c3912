package dev.wasmscope.engine.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// What stands between a type and its line end.
///
/// @param offset of the line in the stream
@SuppressWarnings("ArrayRecordComponent") // a view of the decoder's buffer that lives for one line
record Line(byte[] bytes, int from, int to, long offset) {
    /// More digits than any number needs, and still quick to parse.
    private static final int LONGEST_NUMBER = 4096;

    String string() throws RespException {
        for (var i = from; i < to; i++) {
            if (bytes[i] == '\r') {
                throw wrong("A simple string holds a carriage return");
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    boolean is(char only) {
        return to - from == 1 && bytes[from] == only;
    }

    RespValue empty(RespValue value) throws RespException {
        if (from != to) {
            throw wrong("'%s' stands where nothing belongs".formatted(shown()));
        }
        return value;
    }

    long number() throws RespException {
        var at = from;
        var negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        if (at == to || to - at > 19) {
            throw wrong("'%s' is no 64-bit number".formatted(shown()));
        }
        var value = 0L;
        for (; at < to; at++) {
            var digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw wrong("'%s' is no 64-bit number".formatted(shown()));
            }
            value = value * 10 - digit;
            if (value > 0) {
                throw wrong("'%s' is no 64-bit number".formatted(shown()));
            }
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw wrong("'%s' is no 64-bit number".formatted(shown()));
        }
        return negative ? value : -value;
    }

    boolean bool() throws RespException {
        if (is('t')) {
            return true;
        }
        if (is('f')) {
            return false;
        }
        throw wrong("'%s' is neither t nor f".formatted(shown()));
    }

    double dbl() throws RespException {
        var text = shown();
        return switch (text) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> parsed(text);
        };
    }

    /// Java's parser takes more than RESP has: hexadecimal, a suffix, spaces.
    private double parsed(String text) throws RespException {
        if (text.length() > LONGEST_NUMBER || !text.matches("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?")) {
            throw wrong("'%s' is no number".formatted(text));
        }
        return Double.parseDouble(text);
    }

    BigInteger bigNumber() throws RespException {
        var text = shown();
        if (text.length() > LONGEST_NUMBER || !text.matches("[+-]?[0-9]+")) {
            throw wrong("'%s' is no big number".formatted(text));
        }
        return new BigInteger(text);
    }

    private RespException wrong(String what) {
        return new RespException(what, offset);
    }

    private String shown() {
        var most = Math.min(to, from + LONGEST_NUMBER + 1);
        return new String(bytes, from, most - from, StandardCharsets.ISO_8859_1);
    }
}
