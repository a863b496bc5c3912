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

    /// What occurred, in ascending order: the lowest value of each bucket.
    private final long[] lowest;
    /// How many samples were that long or shorter.
    private final long[] upTo;

    Distribution(Histogram histogram) {
        var values = new ArrayList<Long>();
        var sums = new ArrayList<Long>();
        for (var value : histogram.recordedValues()) {
            values.add(histogram.lowestEquivalentValue(value.getValueIteratedTo()));
            sums.add(value.getTotalCountToThisValue());
        }
        lowest = values.stream().mapToLong(Long::longValue).toArray();
        upTo = sums.stream().mapToLong(Long::longValue).toArray();
    }

    /// @param lowest values of the buckets in which there is something, ascending
    /// @param upTo how many samples there are up to each
    Distribution(long[] lowest, long[] upTo) {
        this.lowest = lowest;
        this.upTo = upTo;
    }

    private Histogram histogram() {
        var histogram = newHistogram();
        for (int i = 0; i < lowest.length; i++) {
            histogram.recordValueWithCount(lowest[i], count(i));
        }
        return histogram;
    }

    private long count(int index) {
        return index == 0 ? upTo[0] : upTo[index] - upTo[index - 1];
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
        return encode(histogram());
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
        for (var part : parts) {
            for (int i = 0; i < part.lowest.length; i++) {
                all.recordValueWithCount(part.lowest[i], part.count(i));
            }
        }
        return new Distribution(all);
    }

    public long samples() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /// @return null where fewer than ten samples lie above it
    public @Nullable Double percentile(double percentile) {
        return weak(percentile) ? null : percentileOrWeaker(percentile);
    }

    /// Whether fewer than ten samples lie above it, so that it would be the luck of a single request.
    public boolean weak(double percentile) {
        double above = samples() * (1 - percentile / 100);
        // A millionth of tolerance: 1 - 0.999 is not exactly a thousandth.
        return above < ENOUGH_ABOVE - 1e-6;
    }

    /// The percentile in microseconds however few the samples; 0 when there are none. For live curves, which show
    /// what there is, never for tables.
    public double percentileOrWeaker(double percentile) {
        return lowest.length == 0 ? 0 : nanosAt(percentile) / NANOS_PER_MICRO;
    }

    public PercentileRow row() {
        boolean empty = lowest.length == 0;
        return new PercentileRow(
                samples(),
                empty ? 0 : lowest[0] / NANOS_PER_MICRO,
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(99.9),
                percentile(99.99),
                empty ? 0 : Buckets.highest(lowest[lowest.length - 1]) / NANOS_PER_MICRO,
                mean() / NANOS_PER_MICRO);
    }

    /// As HdrHistogram has it: the highest value of the bucket that the sample of this rank is in.
    private long nanosAt(double percentile) {
        // An ulp less, so that rounding does not lead into the next bucket.
        double wanted = Math.clamp(Math.nextDown(percentile), 0, 100);
        long rank = Math.max(1, (long) Math.ceil(wanted * samples() / 100));
        int at = Arrays.binarySearch(upTo, rank);
        long value = lowest[Math.min(at < 0 ? -at - 1 : at, lowest.length - 1)];
        return percentile == 0 ? value : Buckets.highest(value);
    }

    private double mean() {
        double all = 0;
        for (int i = 0; i < lowest.length; i++) {
            all += Buckets.middle(lowest[i]) * (double) count(i);
        }
        return lowest.length == 0 ? 0 : all / samples();
    }

    /// HdrHistogram's own text form, `.hgrm`, in microseconds.
    public String hgrm() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            histogram().outputPercentileDistribution(out, NANOS_PER_MICRO);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Samples that took less than this, and half of those that took as long.
    public double below(double micros) {
        long nanos = Math.clamp(Math.round(micros * NANOS_PER_MICRO), 0, HIGHEST_NANOS);
        int at = Arrays.binarySearch(lowest, Buckets.lowest(nanos));
        int before = at < 0 ? -at - 2 : at - 1;
        double less = before < 0 ? 0 : upTo[before];
        return at < 0 ? less : less + (upTo[at] - less) / 2;
    }

    /// Like a percentile, but each sample counts as much as it took: in microseconds, 0 when there are none.
    double weighed(double percentile) {
        double all = 0;
        for (int i = 0; i < lowest.length; i++) {
            all += weight(i);
        }
        double below = 0;
        for (int i = 0; i < lowest.length; i++) {
            below += weight(i);
            if (below >= all * percentile / 100) {
                return Buckets.highest(lowest[i]) / NANOS_PER_MICRO;
            }
        }
        return 0;
    }

    private double weight(int index) {
        return Buckets.highest(lowest[index]) / NANOS_PER_MICRO * count(index);
    }

    /// Every value that occurred, in ascending order.
    public List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var value : histogram().recordedValues()) {
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
