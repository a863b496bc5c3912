package dev.wasmscope.views.hex;

import java.nio.charset.StandardCharsets;

/// What copied bytes look like on the clipboard.
public enum CopyFormat {
    /// `68 65 6c 6c 6f`.
    HEX("Copy as hex") {
        @Override
        public String format(byte[] bytes) {
            var line = new StringBuilder(bytes.length * 3);
            for (byte b : bytes) {
                line.append(line.isEmpty() ? "" : " ").append(Hex.digit(b >> 4)).append(Hex.digit(b));
            }
            return line.toString();
        }
    },
    /// As UTF-8; what is not UTF-8 becomes U+FFFD.
    TEXT("Copy as text") {
        @Override
        public String format(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    },
    C_ARRAY("Copy as C array") {
        @Override
        public String format(byte[] bytes) {
            var text = new StringBuilder(bytes.length * 6 + 64);
            text.append("const unsigned char bytes[").append(bytes.length).append("] = {");
            for (int i = 0; i < bytes.length; i++) {
                text.append(i % 12 == 0 ? "\n    0x" : " 0x")
                        .append(Hex.digit(bytes[i] >> 4))
                        .append(Hex.digit(bytes[i]))
                        .append(',');
            }
            return text.append("\n};\n").toString();
        }
    };

    /// More would stop the window while the text is made.
    public static final int MOST = ByteSource.MOST;

    private final String title;

    CopyFormat(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public abstract String format(byte[] bytes);
}
