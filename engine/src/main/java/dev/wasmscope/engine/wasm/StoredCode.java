package dev.wasmscope.engine.wasm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/// The classes that a module was compiled to.
///
/// @param mainClass the machine; its name is the prefix of all others
/// @param interpreted whether some functions were left to the interpreter
/// @param classes byte code by class name
record StoredCode(String mainClass, boolean interpreted, Map<String, ByteBuffer> classes) {
    private static final long MAGIC = 0x5753434f44453031L; // WSCODE01
    private static final int HEADER = 12;

    StoredCode {
        classes = Map.copyOf(classes);
    }

    /// Bytes that are not what was written.
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    byte[] encode() {
        var size = classes.entrySet().stream()
                .mapToInt(e -> 8 + e.getKey().length() * 3 + e.getValue().remaining())
                .sum();
        var out = ByteBuffer.allocate(HEADER + 16 + 3 * mainClass.length() + size);
        out.putLong(MAGIC).putInt(0);
        put(out, ByteBuffer.wrap(mainClass.getBytes(StandardCharsets.UTF_8)));
        out.put((byte) (interpreted ? 1 : 0)).putInt(classes.size());
        classes.forEach((name, code) -> {
            put(out, ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
            put(out, code.duplicate());
        });
        out.flip();
        out.putInt(HEADER - 4, checksum(out));
        var bytes = new byte[out.remaining()];
        out.get(bytes);
        return bytes;
    }

    private static void put(ByteBuffer out, ByteBuffer bytes) {
        out.putInt(bytes.remaining()).put(bytes);
    }

    private static int checksum(ByteBuffer file) {
        var crc = new CRC32C();
        crc.update(file.slice(HEADER, file.limit() - HEADER));
        return (int) crc.getValue();
    }

    static StoredCode parse(byte[] file) throws DamagedException {
        var in = ByteBuffer.wrap(file);
        try {
            if (in.getLong() != MAGIC || in.getInt() != checksum(in)) {
                throw new DamagedException("The file does not begin as it should, or its checksum does not match.");
            }
            var main = text(slice(in));
            var interpreted = in.get() != 0;
            var count = in.getInt();
            var classes = new LinkedHashMap<String, ByteBuffer>();
            for (int i = 0; i < count; i++) {
                classes.put(text(slice(in)), slice(in));
            }
            return new StoredCode(main, interpreted, classes);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new DamagedException("The file ends too early.");
        }
    }

    private static ByteBuffer slice(ByteBuffer in) {
        var length = in.getInt();
        var bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        return bytes;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
