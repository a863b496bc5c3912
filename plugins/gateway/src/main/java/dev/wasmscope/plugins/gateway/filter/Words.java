package dev.wasmscope.plugins.gateway.filter;

import java.util.stream.IntStream;

/// What may stand where in an HTTP message. A guest's text that may not is refused before it reaches the wire, where it
/// could begin a second message.
final class Words {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        "!#$%&'*+-.^_`|~".chars().forEach(c -> TOKEN[c] = true);
        IntStream.rangeClosed('0', '9').forEach(c -> TOKEN[c] = true);
        IntStream.rangeClosed('a', 'z').forEach(c -> TOKEN[c] = true);
        IntStream.rangeClosed('A', 'Z').forEach(c -> TOKEN[c] = true);
    }

    private Words() {}

    /// @throws IllegalArgumentException naming `what`
    static String token(String what, String text) {
        var good = !text.isEmpty();
        for (var i = 0; good && i < text.length(); i++) {
            var c = text.charAt(i);
            good = c < TOKEN.length && TOKEN[c];
        }
        if (!good) {
            throw new IllegalArgumentException("\"%s\" is no %s.".formatted(text, what));
        }
        return text;
    }

    /// @throws IllegalArgumentException when a line would end in the value
    static String fieldValue(String name, String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw new IllegalArgumentException(
                        "The value of header %s holds the control character 0x%02x.".formatted(name, (int) c));
            }
        }
        return value;
    }

    /// The raw query of an address.
    ///
    /// @throws IllegalArgumentException when the address would end in it
    static String query(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c <= ' ' || c == '#' || c >= 0x7F) {
                throw new IllegalArgumentException(
                        "A query holds the character 0x%02x: escape it as %%%02X.".formatted((int) c, (int) c));
            }
        }
        return text;
    }

    /// @throws IllegalArgumentException when the text names no host, with or without port
    static String host(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || "/?#@\\".indexOf(c) >= 0) {
                throw new IllegalArgumentException("\"%s\" is no host.".formatted(text));
            }
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A host has a name.");
        }
        return text;
    }
}
