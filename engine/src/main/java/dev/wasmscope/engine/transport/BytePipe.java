package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Bytes from one thread to another, at most [#CAPACITY] at a time. One side may wait, the loop's never does.
public final class BytePipe {
    public static final int CAPACITY = 64 * 1024;

    private final byte[] bytes = new byte[CAPACITY];
    private int start;
    private int size;
    private boolean closed;

    /// @return bytes taken, at most what there is room for
    /// @throws IOException when the pipe is closed
    public synchronized int write(ByteBuffer source) throws IOException {
        if (closed) {
            throw new IOException("The other end is closed.");
        }
        var taken = 0;
        while (source.hasRemaining() && size < CAPACITY) {
            var end = (start + size) % CAPACITY;
            var room = Math.min(CAPACITY - size, CAPACITY - end);
            var length = Math.min(room, source.remaining());
            source.get(bytes, end, length);
            size += length;
            taken += length;
        }
        notifyAll();
        return taken;
    }

    /// Waits for room.
    public synchronized void awaitRoom() throws IOException {
        try {
            while (size == CAPACITY && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// @return bytes given, 0 when there are none, -1 when there will be none any more
    public synchronized int read(ByteBuffer target) {
        if (size == 0) {
            return closed ? -1 : 0;
        }
        var given = 0;
        while (size > 0 && target.hasRemaining()) {
            var length = Math.min(Math.min(size, CAPACITY - start), target.remaining());
            target.put(bytes, start, length);
            start = (start + length) % CAPACITY;
            size -= length;
            given += length;
        }
        notifyAll();
        return given;
    }

    /// Waits for bytes or the end; zero waits for ever.
    ///
    /// @throws SocketTimeoutException without a sentence, when nothing came
    synchronized void awaitBytes(Duration timeout) throws IOException {
        var end = System.nanoTime() + timeout.toNanos();
        try {
            while (size == 0 && !closed) {
                var left = end - System.nanoTime();
                if (timeout.isZero()) {
                    wait();
                } else if (left > 0) {
                    wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                } else {
                    throw new SocketTimeoutException();
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Waits for bytes or the end, so many nanoseconds.
    ///
    /// @return whether there are bytes, or the end
    public synchronized boolean awaitBytes(long nanos) throws IOException {
        try {
            if (size == 0 && !closed) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, nanos));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return size > 0 || closed;
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("The wait was interrupted.", e);
    }

    synchronized boolean empty() {
        return size == 0 && !closed;
    }

    synchronized boolean closed() {
        return closed;
    }

    /// What is in it can still be read.
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
