package dev.wasmscope.views.hex;

/// How bytes and addresses are written.
final class Hex {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    static char digit(int nibble) {
        return DIGITS[nibble & 15];
    }

    /// Padded with zeros to at least `digits`.
    static String address(long address, int digits) {
        var line = new char[digits];
        for (int i = 0; i < digits; i++) {
            line[i] = digit((int) (address >>> (4 * (digits - 1 - i))));
        }
        return new String(line);
    }

    /// `0x400`.
    static String of(long address) {
        return "0x" + Long.toHexString(address);
    }

    static boolean printable(int value) {
        return value >= 0x20 && value < 0x7f;
    }
}
