package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.OutputCopy;
import java.io.OutputStream;

/// Captured output: written by the guest's thread, read by any. The oldest bytes are dropped when it is full.
public final class OutputRing extends OutputStream {
    private final byte[] ring;
    private long written;

    public OutputRing(int capacity) {
        ring = new byte[capacity];
    }

    @Override
    public synchronized void write(int value) {
        ring[(int) (written++ % ring.length)] = (byte) value;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        // Of a write that is longer than the ring only the end stays.
        var skipped = Math.max(0, length - ring.length);
        written += skipped;
        for (int i = offset + skipped; i < offset + length; ) {
            var at = (int) (written % ring.length);
            var run = Math.min(ring.length - at, offset + length - i);
            System.arraycopy(bytes, i, ring, at, run);
            i += run;
            written += run;
        }
    }

    /// Goes on at a later position; a whole ring is written next, or what lies before would be old bytes.
    public synchronized void skipTo(long position) {
        written = Math.max(written, position);
    }

    /// Bytes since the session was opened, dropped ones included.
    public synchronized long written() {
        return written;
    }

    /// What there is from a position on.
    public synchronized OutputCopy from(long position) {
        if (position < 0) {
            throw new IndexOutOfBoundsException("Output begins at position 0, not at " + position + ".");
        }
        var from = Math.min(Math.max(position, written - ring.length), written);
        var bytes = new byte[(int) (written - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ring[(int) ((from + i) % ring.length)];
        }
        return new OutputCopy(from, bytes);
    }
}
