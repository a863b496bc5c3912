package dev.wasmscope.engine.redis;

import java.nio.charset.StandardCharsets;

/// Bytes as text that says every byte, in the manner of redis-cli. Printable UTF-8 stands as it is.
final class Quoted {
    private static final int REPLACEMENT = 0xFFFD;

    private Quoted() {}

    /// @param most bytes to show
    static String of(byte[] bytes, int most) {
        return "\"" + escaped(bytes, most, true) + "\"";
    }

    static String escaped(byte[] bytes, int most, boolean quotes) {
        var out = new StringBuilder();
        var end = Math.min(bytes.length, most);
        var at = 0;
        while (at < end) {
            var length = Math.min(utf8Length(bytes[at]), bytes.length - at);
            var text = new String(bytes, at, length, StandardCharsets.UTF_8);
            var point = text.codePointAt(0);
            if (text.length() == Character.charCount(point) && printable(point) && point != REPLACEMENT) {
                if (quotes && (point == '"' || point == '\\')) {
                    out.append('\\');
                }
                out.appendCodePoint(point);
                at += length;
            } else {
                out.append(escape(bytes[at]));
                at++;
            }
        }
        return out.toString();
    }

    private static int utf8Length(byte first) {
        var b = first & 0xff;
        if (b < 0xc2) {
            return 1;
        }
        return b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 1;
    }

    /// Neither what a terminal obeys nor what turns the direction of a line.
    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escape(byte b) {
        return switch (b) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case 7 -> "\\a";
            default -> "\\x%02x".formatted(b & 0xff);
        };
    }
}
