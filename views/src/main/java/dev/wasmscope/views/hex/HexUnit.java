package dev.wasmscope.views.hex;

import java.util.Locale;

/// How the bytes of a row are grouped into numbers, least significant byte first, as Wasm stores them.
public enum HexUnit {
    U8(1, 2),
    U16(2, 4),
    U32(4, 8),
    F64(8, 13);

    private final int bytes;
    private final int chars;

    HexUnit(int bytes, int chars) {
        this.bytes = bytes;
        this.chars = chars;
    }

    public int bytes() {
        return bytes;
    }

    int chars() {
        return chars;
    }

    /// As people write it: `u16`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Writes one number into `line`, padded on the left to the unit's width.
    void write(long bits, char[] line, int at) {
        if (this == F64) {
            var text = shortest(Double.longBitsToDouble(bits));
            text.getChars(0, text.length(), line, at + chars - text.length());
            return;
        }
        for (int i = 0; i < chars; i++) {
            line[at + i] = Hex.digit((int) (bits >>> (4 * (chars - 1 - i))));
        }
    }

    /// At most 13 characters; the inspector shows every digit.
    private static String shortest(double value) {
        return shortened(Double.toString(value));
    }

    /// A number's decimal text in at most 13 characters; what is no number stays as it is.
    static String shortened(String exact) {
        if (exact.length() <= 13 || !Character.isDigit(exact.charAt(exact.length() - 1)) || exact.contains(":")) {
            return exact;
        }
        double value = Double.parseDouble(exact);
        var scientific = String.format(Locale.ROOT, "%.5e", value);
        return scientific.length() <= 13 ? scientific : String.format(Locale.ROOT, "%.4e", value);
    }
}
