package dev.wasmscope.engine.wasm.child;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/// One message on its way out. A frame is its length in four bytes, big-endian, and its content.
final class FrameWriter {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(64);

    void int8(int value) {
        content.write(value);
    }

    void bool(boolean value) {
        int8(value ? 1 : 0);
    }

    void int32(int value) {
        content.write(value >>> 24);
        content.write(value >>> 16);
        content.write(value >>> 8);
        content.write(value);
    }

    void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    void bytes(byte[] value) {
        int32(value.length);
        content.writeBytes(value);
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void constant(Enum<?> value) {
        text(value.name());
    }

    <T> void list(Collection<T> items, BiConsumer<FrameWriter, T> each) {
        int32(items.size());
        items.forEach(item -> each.accept(this, item));
    }

    <T> void optional(Optional<T> value, BiConsumer<FrameWriter, T> present) {
        bool(value.isPresent());
        value.ifPresent(v -> present.accept(this, v));
    }

    byte[] content() {
        return content.toByteArray();
    }

    /// Length and content.
    void sendTo(OutputStream out) throws IOException {
        int length = content.size();
        out.write(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        content.writeTo(out);
        out.flush();
    }
}
