package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayOutputStream;

/// A module without its code, for an instance whose code was compiled before: parsing and validating code takes longer
/// than everything else at the start.
final class Skeleton {
    private static final int HEADER = 8;
    private static final int CODE = 10;
    /// Of a function: its size, no locals, `unreachable`, `end`.
    private static final byte[] BODY = {3, 0, 0, 0x0b};

    private final byte[] module;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at = HEADER;

    private Skeleton(byte[] module) {
        this.module = module;
    }

    /// @param module one that was parsed and validated before, byte for byte
    static WasmModule of(byte[] module) {
        try {
            return Parser.builder()
                    .withValidation(false)
                    .build()
                    .parse(() -> new java.io.ByteArrayInputStream(new Skeleton(module).bytes()));
        } catch (IndexOutOfBoundsException e) {
            throw new ChicoryException("The module's sections do not end where they should", e);
        }
    }

    private byte[] bytes() {
        out.write(module, 0, HEADER);
        while (at < module.length) {
            var start = at;
            var id = module[at++];
            var size = number();
            if (id == CODE) {
                code(at);
            } else {
                out.write(module, start, at - start + size);
            }
            at += size;
        }
        return out.toByteArray();
    }

    private void code(int start) {
        at = start;
        var functions = number();
        at = start;
        var section = new ByteArrayOutputStream();
        write(section, functions);
        for (int i = 0; i < functions; i++) {
            section.writeBytes(BODY);
        }
        out.write(CODE);
        write(out, section.size());
        out.writeBytes(section.toByteArray());
    }

    private int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            var next = module[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void write(ByteArrayOutputStream to, int value) {
        var rest = value;
        while ((rest & ~0x7f) != 0) {
            to.write(rest | 0x80);
            rest >>>= 7;
        }
        to.write(rest);
    }
}
