package dev.wasmscope.engine.latency;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How latencies are spread: an HdrHistogram of nanoseconds with three digits. Not changed once handed out.
public final class Distribution {
    static final long HIGHEST_NANOS = 600_000_000_000L;
    static final int DIGITS = 3;
    // HdrHistogram's format, version 2: cookie and length, then deflated the header and the counts.
    private static final int COMPRESSED_AT = 8;
    private static final int HEADER_LENGTH = 40;
    private static final int DIGITS_AT = 12;
    private static final int HIGHEST_AT = 24;

    private static final int ENOUGH_ABOVE = 10;
    private static final double NANOS_PER_MICRO = 1000;

    private final Histogram histogram;
    private volatile @Nullable Sums sums;

    Distribution(Histogram histogram) {
        this.histogram = histogram;
    }

    static Histogram newHistogram() {
        return new Histogram(1, HIGHEST_NANOS, DIGITS);
    }

    /// Reads what [#encoded()] wrote.
    ///
    /// @throws IllegalArgumentException with a sentence when the text is not a histogram of this kind
    public static Distribution decode(String base64) {
        return new Distribution(decodeHistogram(base64));
    }

    static Histogram decodeHistogram(String base64) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            requireOwnKind(bytes);
            return Histogram.decodeFromCompressedByteBuffer(bytes, HIGHEST_NANOS);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("The histogram cannot be read: " + e.getMessage(), e);
        }
    }

    /// Of another tool: another range, not finer than our own.
    static Histogram decodeForeign(String base64) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            var header = header(bytes);
            int digits = header.getInt(DIGITS_AT);
            long highest = header.getLong(HIGHEST_AT);
            if (digits < 1 || digits > DIGITS || highest < 2 || highest > HIGHEST_NANOS) {
                throw new IllegalArgumentException("it counts to " + highest + " with " + digits + " digits");
            }
            return Histogram.decodeFromCompressedByteBuffer(bytes, 2);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("The histogram cannot be read: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer header(ByteBuffer bytes) throws DataFormatException {
        var header = ByteBuffer.allocate(HEADER_LENGTH);
        try (var inflater = new Inflater()) {
            inflater.setInput(bytes.slice(COMPRESSED_AT, bytes.remaining() - COMPRESSED_AT));
            inflater.inflate(header.array());
        }
        return header;
    }

    /// The header says how much to allocate, so it is read before it is believed.
    private static void requireOwnKind(ByteBuffer bytes) throws DataFormatException {
        var header = header(bytes);
        int digits = header.getInt(DIGITS_AT);
        long highest = header.getLong(HIGHEST_AT);
        if (digits != DIGITS || highest != HIGHEST_NANOS) {
            throw new IllegalArgumentException("it counts to " + highest + " with " + digits + " digits, not to "
                    + HIGHEST_NANOS + " with " + DIGITS);
        }
    }

    /// As base64 of HdrHistogram's compressed form, which its other tools read too.
    public String encoded() {
        return encode(histogram);
    }

    static String encode(Histogram histogram) {
        var bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return new String(
                Base64.getEncoder().encode(Arrays.copyOf(bytes.array(), length)), StandardCharsets.ISO_8859_1);
    }

    /// All of several in one; empty of none.
    public static Distribution sum(Iterable<Distribution> parts) {
        var all = newHistogram();
        parts.forEach(p -> all.add(p.histogram));
        return new Distribution(all);
    }

    public long samples() {
        return histogram.getTotalCount();
    }

    /// @return null where fewer than ten samples lie above it
    public @Nullable Double percentile(double percentile) {
        return weak(percentile) ? null : percentileOrWeaker(percentile);
    }

    /// Whether fewer than ten samples lie above it, so that it would be the luck of a single request.
    public boolean weak(double percentile) {
        double above = histogram.getTotalCount() * (1 - percentile / 100);
        // A millionth of tolerance: 1 - 0.999 is not exactly a thousandth.
        return above < ENOUGH_ABOVE - 1e-6;
    }

    /// The percentile in microseconds however few the samples; 0 when there are none. For live curves, which show
    /// what there is, never for tables.
    public double percentileOrWeaker(double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }

    public PercentileRow row() {
        boolean empty = histogram.getTotalCount() == 0;
        return new PercentileRow(
                histogram.getTotalCount(),
                empty ? 0 : histogram.getMinValue() / NANOS_PER_MICRO,
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(99.9),
                percentile(99.99),
                histogram.getMaxValue() / NANOS_PER_MICRO,
                empty ? 0 : histogram.getMean() / NANOS_PER_MICRO);
    }

    /// HdrHistogram's own text form, `.hgrm`, in microseconds.
    public String hgrm() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, NANOS_PER_MICRO);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Samples that took less than this, and half of those that took as long.
    public double below(double micros) {
        var known = sums();
        long nanos = Math.clamp(Math.round(micros * NANOS_PER_MICRO), 0, HIGHEST_NANOS);
        long highest = histogram.highestEquivalentValue(nanos);
        int at = Arrays.binarySearch(known.values, highest);
        int before = at < 0 ? -at - 2 : at - 1;
        double less = before < 0 ? 0 : known.upTo[before];
        return at < 0 ? less : less + (known.upTo[at] - less) / 2;
    }

    /// Like a percentile, but each sample counts as much as it took: in microseconds, 0 when there are none.
    double weighed(double percentile) {
        var known = sums();
        double all = 0;
        for (int i = 0; i < known.values.length; i++) {
            all += known.weight(i);
        }
        double below = 0;
        for (int i = 0; i < known.values.length; i++) {
            below += known.weight(i);
            if (below >= all * percentile / 100) {
                return known.values[i] / NANOS_PER_MICRO;
            }
        }
        return 0;
    }

    /// A histogram counts every value there could be; what occurred is a hundredth of that.
    private Sums sums() {
        var known = sums;
        if (known == null) {
            var values = new ArrayList<Long>();
            var upTo = new ArrayList<Long>();
            for (var value : histogram.recordedValues()) {
                values.add(histogram.highestEquivalentValue(value.getValueIteratedTo()));
                upTo.add(value.getTotalCountToThisValue());
            }
            known = new Sums(
                    values.stream().mapToLong(Long::longValue).toArray(),
                    upTo.stream().mapToLong(Long::longValue).toArray());
            sums = known;
        }
        return known;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sums(long[] values, long[] upTo) {
        double weight(int index) {
            long count = index == 0 ? upTo[0] : upTo[index] - upTo[index - 1];
            return values[index] / NANOS_PER_MICRO * count;
        }
    }

    /// Every value that occurred, in ascending order.
    public List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var value : histogram.recordedValues()) {
            steps.add(new Step(
                    value.getValueIteratedTo() / NANOS_PER_MICRO,
                    value.getCountAtValueIteratedTo(),
                    value.getPercentileLevelIteratedTo()));
        }
        return steps;
    }

    /// @param micros highest latency that counts as this one
    /// @param percentile of all samples that are at most as long, 0 to 100
    public record Step(double micros, long count, double percentile) {}
}
