package dev.wasmscope.engine.latency.imports;

import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.ImportedSeries;
import java.util.regex.Pattern;

/// `redis-cli --latency` and `--latency-history`: on a terminal a line that is written over and over, elsewhere four
/// numbers; minimum, maximum and average in milliseconds, and how many samples.
final class RedisCliLatency {
    private static final Pattern SHOWN =
            Pattern.compile("min: ([^,]+), max: ([^,]+), avg: (\\S+) \\((\\S+) samples\\)");
    private static final Pattern RAW = Pattern.compile("(\\S+)[,\\s](\\S+)[,\\s](\\S+)[,\\s](\\S+)");
    private static final String ESCAPES = "\u001b\\[[0-9;]*[A-Za-z]";
    private static final double MICROS = 1000;

    private RedisCliLatency() {}

    static ImportedSeries read(String name, String text) throws UnreadableLine {
        var builder = new DistributionBuilder();
        int number = 0;
        for (var line : text.replaceAll(ESCAPES, "\r").split("\n", -1)) {
            number++;
            // Of what was written over, the last counts.
            var shown = line.strip().replaceAll("(?s).*\r(?=[^\r])", "").strip();
            if (!shown.isEmpty()) {
                add(builder, number, shown);
            }
        }
        return new ImportedSeries(
                name,
                "redis-cli",
                "only min, mean and max are known: its percentiles are the mean, in steps of a millisecond each",
                builder.build());
    }

    private static void add(DistributionBuilder builder, int line, String shown) throws UnreadableLine {
        var match = SHOWN.matcher(shown);
        if (!match.find()) {
            match = RAW.matcher(shown);
            if (!match.matches()) {
                throw new UnreadableLine(
                        line, "\"" + UnreadableLine.shortened(shown) + "\" is not what redis-cli --latency says");
            }
        }
        double minimum = UnreadableLine.number(line, match.group(1)) * MICROS;
        double maximum = UnreadableLine.number(line, match.group(2)) * MICROS;
        double average = UnreadableLine.number(line, match.group(3)) * MICROS;
        long samples = (long) UnreadableLine.number(line, match.group(4));
        if (samples == 0 || minimum > average || average > maximum) {
            throw new UnreadableLine(line, "\"" + UnreadableLine.shortened(shown) + "\" contradicts itself");
        }
        if (samples > 2) {
            builder.add(minimum, 1);
            builder.add(maximum, 1);
            builder.add(Math.max(0, (average * samples - minimum - maximum) / (samples - 2)), samples - 2);
        } else {
            builder.add(average, samples);
        }
    }
}
