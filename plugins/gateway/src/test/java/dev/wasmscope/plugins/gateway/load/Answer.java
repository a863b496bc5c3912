package dev.wasmscope.plugins.gateway.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A whole answer of HTTP/1.1 with a Content-Length.
///
/// @param status 200, 503
/// @param version what the filter stamped the answer with; empty where it did not
/// @param first letter of the body: what the filter stamped the request with
record Answer(int status, String version, char first) {
    private static final String END = "\r\n\r\n";

    /// @return null while bytes are missing
    static @Nullable Answer of(byte[] bytes, int length) {
        var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        var end = text.indexOf(END);
        if (end < 0) {
            return null;
        }
        var body = end + END.length();
        var head = text.substring(0, end).toLowerCase(Locale.ROOT);
        var size = field(head, "content-length");
        if (length < body + Integer.parseInt(size)) {
            return null;
        }
        var version = field(head, "x-version").toUpperCase(Locale.ROOT);
        return new Answer(Integer.parseInt(text.substring(9, 12)), version, text.charAt(body));
    }

    /// @param head in small letters
    /// @return empty where there is none
    static String field(String head, String name) {
        var at = head.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return "";
        }
        var begin = at + name.length() + 3;
        var end = head.indexOf("\r\n", begin);
        return head.substring(begin, end < 0 ? head.length() : end).strip();
    }

    boolean isMixed() {
        return !version.isEmpty() && first != version.charAt(0);
    }
}
