package dev.wasmscope.engine.wasm.child;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One message that has arrived. Every length is checked against what is there before anything is allocated.
final class FrameReader {
    private final ByteBuffer content;

    FrameReader(byte[] content) {
        this.content = ByteBuffer.wrap(content);
    }

    /// The next frame of a stream.
    ///
    /// @param most bytes that are taken: a stranger's first words may claim to be gigabytes
    /// @return null at the end of the stream
    /// @throws EOFException when it ends within a frame
    static @Nullable FrameReader next(InputStream in, int most) throws IOException {
        var head = in.readNBytes(4);
        if (head.length == 0) {
            return null;
        }
        if (head.length < 4) {
            throw new EOFException("The stream ends within the length of a frame.");
        }
        int length = ByteBuffer.wrap(head).getInt();
        if (length < 0 || length > most) {
            throw new ProtocolException(
                    "A frame says that it is %d bytes long, where at most %d can be.".formatted(length, most));
        }
        // Grows with what arrives, not with what was claimed.
        var content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("The stream ends after %d of a frame's %d bytes.".formatted(content.length, length));
        }
        return new FrameReader(content);
    }

    /// Reads a whole message.
    ///
    /// @throws ProtocolException when it is none, or when bytes are left over
    <T> T whole(Function<FrameReader, T> message) {
        try {
            var read = message.apply(this);
            if (content.hasRemaining()) {
                throw new ProtocolException(
                        "A message of %d bytes has %d too many.".formatted(content.limit(), content.remaining()));
            }
            return read;
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("A message ends early, after %d bytes.".formatted(content.limit()), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProtocolException("A message holds a value that cannot be: " + e.getMessage(), e);
        }
    }

    int int8() {
        return content.get() & 0xff;
    }

    boolean bool() {
        return int8() != 0;
    }

    int int32() {
        return content.getInt();
    }

    long int64() {
        return content.getLong();
    }

    byte[] bytes() {
        var bytes = new byte[count()];
        content.get(bytes);
        return bytes;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    <T> List<T> list(Function<FrameReader, T> each) {
        int count = count();
        var items = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            items.add(each.apply(this));
        }
        return items;
    }

    <T> Optional<T> optional(Function<FrameReader, T> present) {
        return bool() ? Optional.of(present.apply(this)) : Optional.empty();
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    /// Nothing that is counted takes less than a byte.
    private int count() {
        int count = content.getInt();
        if (count < 0 || count > content.remaining()) {
            throw new ProtocolException(
                    "A message announces %d items where %d bytes are left.".formatted(count, content.remaining()));
        }
        return count;
    }
}
