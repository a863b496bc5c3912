package dev.wasmscope.engine.binary;

import java.util.HexFormat;
import java.util.Locale;

/// Small words for messages.
final class Sentences {
    private Sentences() {}

    static String capital(String clause) {
        return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
    }

    static String bytes(long count) {
        return counted(count, "byte");
    }

    static String counted(long count, String noun) {
        var plural = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return count + " " + (count == 1 ? noun : plural);
    }

    static String hex(byte[] bytes, int from, int to) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
    }
}
