package dev.wasmscope.plugins.gateway.filter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Paths with and without their escapes.
final class PathText {
    private static final String UNESCAPED = "-._~!$&'()*+,;=:@/";

    private PathText() {}

    static String escaped(String path) {
        var text = new StringBuilder(path.length());
        for (var b : path.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append("%%%02X".formatted((int) c));
            }
        }
        return text.toString();
    }

    /// What is no escape stays as it is.
    static String unescaped(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        var bytes = path.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(bytes.length);
        for (var i = 0; i < bytes.length; i++) {
            var high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            var low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out.write((high << 4) | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
