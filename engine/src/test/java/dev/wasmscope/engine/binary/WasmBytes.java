package dev.wasmscope.engine.binary;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// Writes modules byte by byte, the wrong ones too.
final class WasmBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static WasmBytes module() {
        return new WasmBytes().hex("00 61 73 6d 01 00 00 00");
    }

    WasmBytes hex(String bytes) {
        out.writeBytes(HexFormat.of().parseHex(bytes.replaceAll("\\s", "")));
        return this;
    }

    WasmBytes section(int id, String contents) {
        return section(id, new WasmBytes().hex(contents).bytes());
    }

    WasmBytes section(int id, byte[] contents) {
        out.write(id);
        leb(contents.length);
        out.writeBytes(contents);
        return this;
    }

    /// A custom section.
    WasmBytes custom(String name, String contents) {
        return section(0, new WasmBytes().name(name).hex(contents).bytes());
    }

    WasmBytes name(String name) {
        var bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        leb(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    WasmBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    WasmBytes leb(int value) {
        var rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
