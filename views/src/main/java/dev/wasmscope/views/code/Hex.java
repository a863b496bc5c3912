package dev.wasmscope.views.code;

import java.util.HexFormat;

/// Bytes of one instruction for the foot of the view.
final class Hex {
    /// A `br_table` can be kilobytes long.
    private static final int MOST = 16;

    private Hex() {}

    static String of(byte[] bytes, int from, int to) {
        var end = Math.min(to, from + MOST);
        return HexFormat.ofDelimiter(" ").formatHex(bytes, from, end) + (end < to ? " …" : "");
    }
}
