package dev.wasmscope.engine.resp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that have come so far. Grows with what came, never to what was claimed.
final class Bytes {
    private static final int FIRST = 4096;

    private byte[] array = new byte[64];
    private int size;

    int size() {
        return size;
    }

    byte last() {
        return array[size - 1];
    }

    void clear() {
        size = 0;
        if (array.length > FIRST) {
            array = new byte[64];
        }
    }

    /// Takes what is there, at most `most`.
    void take(ByteBuffer source, int most) {
        var length = Math.min(most, source.remaining());
        if (size + length > array.length) {
            var twice = Math.min((long) array.length * 2, Integer.MAX_VALUE - 8);
            array = Arrays.copyOf(array, (int) Math.max(twice, (long) size + length));
        }
        source.get(array, size, length);
        size += length;
    }

    byte[] copy(int length) {
        return Arrays.copyOf(array, length);
    }

    byte[] array() {
        return array;
    }
}
