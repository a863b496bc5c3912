package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads recorded events back. What is read was checksummed, yet nothing is believed: a length is checked before it is
/// used.
final class EventReader {
    private final ByteBuffer from;
    private final long offset;

    /// @param offset of the first byte in its file, for messages
    EventReader(ByteBuffer from, long offset) {
        this.from = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.offset = offset;
    }

    boolean more() {
        return from.hasRemaining();
    }

    /// Bytes are views of what is read from.
    ///
    /// @throws WasmRedisException naming the offset of an event that is none
    Event next() {
        var start = from.position();
        try {
            return switch (from.get()) {
                case EventType.CONNECTED -> new Event.Connected(client());
                case EventType.DISCONNECTED -> new Event.Disconnected(client(), from.getInt());
                case EventType.RECEIVED -> new Event.Received(client(), data(), from.getInt());
                case EventType.WRITABLE -> new Event.Writable(client(), number() != 0, from.getInt());
                case EventType.TICKED -> new Event.Ticked(from.getInt());
                case EventType.CLOCK_SET -> new Event.ClockSet(number());
                case EventType.SEED_SET -> new Event.SeedSet(number());
                case EventType.FILE_PUT -> new Event.FilePut(text(), data(), from.getInt());
                case EventType.FILE_DELETED -> new Event.FileDeleted(text(), from.getInt());
                case EventType.FILE_READ -> new Event.FileRead(text());
                case EventType.MAILED -> new Event.Mailed(data());
                case EventType.TRAPPED -> trapped();
                default -> throw damaged(start);
            };
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
            throw damaged(start);
        }
    }

    private Event trapped() {
        var client = client();
        return new Event.Trapped(client == 0 ? Optional.empty() : Optional.of(client), data(), text());
    }

    private WasmRedisException damaged(int start) {
        return new WasmRedisException(
                "There is no event that this version knows at offset %d.".formatted(offset + start));
    }

    private int client() {
        return (int) number();
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            var next = from.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException();
    }

    private ByteBuffer data() {
        var length = number();
        if (length < 0 || length > from.remaining()) {
            throw new IndexOutOfBoundsException();
        }
        var data = from.slice(from.position(), (int) length);
        from.position(from.position() + (int) length);
        return data;
    }

    private String text() {
        return StandardCharsets.UTF_8.decode(data()).toString();
    }
}
