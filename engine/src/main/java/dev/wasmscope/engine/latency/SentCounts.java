package dev.wasmscope.engine.latency;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A histogram as a probe sends it: the few hundred values that occurred, not the thirty thousand that could have.
///
/// A histogram for every block, to be added to three others, would be most of what reading a probe costs.
final class SentCounts {
    // HdrHistogram's format, version 2; the lowest four bits say that counts are of variable length.
    private static final int COMPRESSED = 0x1c849314;
    private static final int PLAIN = 0x1c849313;
    private static final int HEADER = 40;
    private static final int MOST_BYTES_OF_COUNT = 9;
    private static final int USUAL_BYTES = 4096;

    private int[] buckets = new int[64];
    private long[] counts = new long[64];
    private int size;
    private long samples;

    private SentCounts() {}

    /// @throws IllegalArgumentException with a sentence when the text is not a histogram of this kind
    static SentCounts read(String base64) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            if (bytes.getInt() != COMPRESSED) {
                throw new IllegalArgumentException("it is not of HdrHistogram's version 2");
            }
            var counts = new SentCounts();
            counts.read(inflated(bytes));
            return counts;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The histogram cannot be read: it ends too early", e);
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The histogram cannot be read: " + e.getMessage(), e);
        }
    }

    long samples() {
        return samples;
    }

    void addTo(Tally tally) {
        for (int i = 0; i < size; i++) {
            tally.add(buckets[i], counts[i]);
        }
    }

    /// No longer than a histogram of this kind can be, whatever is claimed.
    private static ByteBuffer inflated(ByteBuffer bytes) throws DataFormatException {
        int claimed = bytes.getInt();
        if (claimed < 0 || claimed > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "it claims %d compressed bytes and has %d".formatted(claimed, bytes.remaining()));
        }
        int most = HEADER + Buckets.LENGTH * MOST_BYTES_OF_COUNT;
        var plain = new byte[USUAL_BYTES];
        int length = 0;
        try (var inflater = new Inflater()) {
            inflater.setInput(bytes.slice(bytes.position(), claimed));
            while (!inflater.finished()) {
                if (length == plain.length) {
                    if (length >= most) {
                        throw new IllegalArgumentException("it is longer than " + most + " bytes");
                    }
                    plain = Arrays.copyOf(plain, Math.min(most, length * 2));
                }
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw new IllegalArgumentException("it ends too early");
                }
                length += more;
            }
        }
        return ByteBuffer.wrap(plain, 0, length);
    }

    private void read(ByteBuffer plain) {
        int cookie = plain.getInt();
        int length = plain.getInt();
        int shift = plain.getInt();
        int digits = plain.getInt();
        long lowest = plain.getLong();
        long highest = plain.getLong();
        if (cookie != PLAIN || digits != Distribution.DIGITS || highest != Distribution.HIGHEST_NANOS || lowest != 1) {
            throw new IllegalArgumentException("it counts from %d to %d with %d digits, not from 1 to %d with %d"
                    .formatted(lowest, highest, digits, Distribution.HIGHEST_NANOS, Distribution.DIGITS));
        }
        // A ratio that would stretch its buckets follows.
        if (shift != 0 || plain.getDouble() != 1 || length < 0 || length > plain.remaining()) {
            throw new IllegalArgumentException("its header is not one that a probe writes");
        }
        plain.limit(plain.position() + length);
        int index = 0;
        while (plain.hasRemaining()) {
            long count = number(plain);
            // Below zero: so many buckets that did not occur.
            long next = count < 0 ? index - count : index + 1L;
            if (next > Buckets.LENGTH || next < index) {
                throw new IllegalArgumentException("it counts more values than the " + Buckets.LENGTH + " there are");
            }
            if (count > 0) {
                add(index, count);
            }
            index = (int) next;
        }
    }

    private void add(int bucket, long count) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        buckets[size] = bucket;
        counts[size] = count;
        size++;
        samples += count;
    }

    /// Seven bits a byte, the lowest first; the ninth byte has eight. Even ones are positive, odd ones negative.
    private static long number(ByteBuffer from) {
        long bits = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            long next = from.get();
            bits |= (next & 0x7f) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        bits |= (from.get() & 0xffL) << 56;
        return (bits >>> 1) ^ -(bits & 1);
    }
}
