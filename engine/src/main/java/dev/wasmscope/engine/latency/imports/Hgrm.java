package dev.wasmscope.engine.latency.imports;

import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.ImportedSeries;
import java.util.Locale;

/// HdrHistogram's percentile distribution: a value, the share of samples up to it, how many those are.
final class Hgrm {
    private Hgrm() {}

    static ImportedSeries read(String name, String text, Unit unit) throws UnreadableLine {
        var builder = new DistributionBuilder();
        long before = 0;
        int number = 0;
        boolean begun = false;
        for (var line : text.lines().toList()) {
            number++;
            var words = line.strip().split("[,\\s]+", -1);
            if (line.isBlank() || line.startsWith("#") || words[0].startsWith("\"Value")) {
                continue;
            }
            if (words[0].equals("Value")) {
                begun = true;
                continue;
            }
            if (!begun && words.length < 3) {
                throw new UnreadableLine(
                        number, "\"" + UnreadableLine.shortened(line) + "\" stands before the heading");
            }
            if (words.length < 3) {
                throw new UnreadableLine(number, "\"" + UnreadableLine.shortened(line) + "\" lacks a count");
            }
            double value = UnreadableLine.number(number, words[0]);
            long count = (long) UnreadableLine.number(number, words[2]);
            if (count < before) {
                throw new UnreadableLine(number, "the count falls from " + before + " to " + count);
            }
            builder.add(unit.micros(value), count - before);
            before = count;
        }
        if (before == 0) {
            throw new UnreadableLine(number, "there is no sample in it");
        }
        return new ImportedSeries(name, "hgrm", "taken as " + unit.name().toLowerCase(Locale.ROOT), builder.build());
    }
}
