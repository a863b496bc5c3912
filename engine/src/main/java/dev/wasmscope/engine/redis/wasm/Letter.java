package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What happened while Redis was busy: a client came, sent bytes, or left, or time passed.
///
/// @param kind as [MailLayout] numbers them
/// @param bytes none but for bytes and the time
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Letter(int kind, WasmClient client, byte[] bytes) {
    private static final byte[] NONE = new byte[0];
    /// So that one client's request does not fill the mailbox.
    static final int MOST_BYTES = 8 * 1024;

    static Letter connect(WasmClient client) {
        return new Letter(MailLayout.IN_CONNECT, client, NONE);
    }

    static Letter gone(WasmClient client) {
        return new Letter(MailLayout.IN_GONE, client, NONE);
    }

    /// What time it is; of no client, but put down under the one that waits for the call.
    static Letter clock(WasmClient running, long micros) {
        var bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(micros);
        return new Letter(MailLayout.IN_CLOCK, running, bytes.array());
    }

    /// Takes what fits.
    static Letter bytes(WasmClient client, ByteBuffer from) {
        var bytes = new byte[Math.min(MOST_BYTES, from.remaining())];
        from.get(bytes);
        return new Letter(MailLayout.IN_BYTES, client, bytes);
    }

    int size() {
        return MailLayout.size(bytes.length);
    }

    /// Appends the record; to be taken at the next look.
    void encode(ByteBuffer to) {
        var at = to.position();
        to.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(kind)
                .putInt(client.id())
                .putInt(bytes.length)
                .putInt(0)
                .put(bytes);
        while (to.position() < at + size()) {
            to.put((byte) 0);
        }
        to.putInt(at, MailLayout.check(to, at, bytes.length));
    }
}
