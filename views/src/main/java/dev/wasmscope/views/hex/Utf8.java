package dev.wasmscope.views.hex;

/// UTF-8 at a place in bytes, by the Unicode Standard's table of well-formed sequences (3-7).
final class Utf8 {
    private Utf8() {}

    /// Bytes of the well-formed character at `at`, 0 where there is none.
    static int length(byte[] bytes, int at) {
        int lead = bytes.length > at ? bytes[at] & 0xff : 0xff;
        int length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int codePoint = codePoint(bytes, at, length);
        boolean shortest = length < 3 || codePoint >= (length == 3 ? 0x800 : 0x1_0000);
        boolean character = codePoint <= 0x10_ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
        return shortest && character ? length : 0;
    }

    /// @param length from [#length(byte[], int)], above 0
    static int codePoint(byte[] bytes, int at, int length) {
        int codePoint = length == 1 ? bytes[at] : bytes[at] & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
        }
        return codePoint;
    }
}
