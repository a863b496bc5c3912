package dev.wasmscope.views.explorer;

import java.io.ByteArrayOutputStream;

/// A module with as many empty functions as a test wants.
final class ManyFunctions {
    private ManyFunctions() {}

    static byte[] module(int count) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(file, 1, new byte[] {1, 0x60, 0, 0});
        var types = new ByteArrayOutputStream();
        leb(types, count);
        types.writeBytes(new byte[count]);
        section(file, 3, types.toByteArray());
        var code = new ByteArrayOutputStream();
        leb(code, count);
        for (var i = 0; i < count; i++) {
            code.writeBytes(new byte[] {2, 0, 0x0b});
        }
        section(file, 10, code.toByteArray());
        return file.toByteArray();
    }

    private static void section(ByteArrayOutputStream file, int id, byte[] contents) {
        file.write(id);
        leb(file, contents.length);
        file.writeBytes(contents);
    }

    private static void leb(ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
