package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Bytes on their way to one client, in chunks: what is added never moves again.
final class OutputQueue {
    private final ChunkPool pool;
    /// The last one has room; the first one is being sent.
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(2);
    /// Bytes of the first chunk that have left.
    private int sent;
    private long size;

    OutputQueue(ChunkPool pool) {
        this.pool = pool;
    }

    long size() {
        return size;
    }

    /// Takes all of it.
    void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            var chunk = room(1);
            var length = Math.min(chunk.remaining(), bytes.remaining());
            chunk.put(chunk.position(), bytes, bytes.position(), length);
            chunk.position(chunk.position() + length);
            bytes.position(bytes.position() + length);
            size += length;
        }
    }

    /// Takes a range of a buffer whose position stays.
    void add(ByteBuffer bytes, int from, int length) {
        for (var done = 0; done < length; ) {
            var chunk = room(1);
            var part = Math.min(chunk.remaining(), length - done);
            chunk.put(chunk.position(), bytes, from + done, part);
            chunk.position(chunk.position() + part);
            done += part;
        }
        size += length;
    }

    void add(byte[] bytes) {
        for (var done = 0; done < bytes.length; ) {
            var chunk = room(1);
            var part = Math.min(chunk.remaining(), bytes.length - done);
            chunk.put(bytes, done, part);
            done += part;
        }
        size += bytes.length;
    }

    void add(byte single) {
        room(1).put(single);
        size++;
    }

    private ByteBuffer room(int bytes) {
        var last = chunks.peekLast();
        if (last == null || last.remaining() < bytes) {
            last = pool.take();
            chunks.addLast(last);
        }
        return last;
    }

    /// Writes until nothing is left, the peer takes no more, or `most` bytes have left.
    void writeTo(Link link, long most) throws IOException {
        for (var left = most; left > 0; ) {
            var chunk = chunks.peekFirst();
            if (chunk == null) {
                return;
            }
            var end = chunk.position();
            chunk.limit(end).position(sent);
            int written;
            try {
                written = link.write(chunk);
            } finally {
                chunk.limit(chunk.capacity()).position(end);
            }
            sent += written;
            size -= written;
            left -= written;
            if (sent < end) {
                return;
            }
            chunks.removeFirst();
            pool.giveBack(chunk);
            sent = 0;
        }
    }

    void discard() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
        sent = 0;
        size = 0;
    }
}
