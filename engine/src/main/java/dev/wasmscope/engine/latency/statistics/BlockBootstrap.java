package dev.wasmscope.engine.latency.statistics;

import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.RecordedBlock;
import dev.wasmscope.engine.latency.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// How far percentiles would move if the run were done again: rounds of blocks are drawn with replacement, thousands
/// of times, and all series are taken from the same rounds, as what the machine did then met all of them (paired
/// block bootstrap; Künsch 1989, rounds next to each other kept together, the cube root of their number).
///
/// A drawn percentile is read off the whole run's distribution at the level by which the drawn rounds are off
/// (Bahadur's representation), so that a draw costs additions only.
public final class BlockBootstrap {
    private static final int DRAWS = 2000;
    private static final double SHOWN = 0.95;
    /// Stricter than what is shown, as many pairs are looked at.
    private static final double DECIDING = 0.99;
    private static final int FEWEST_ROUNDS = 10;
    private static final int MOST_UNITS = 512;

    private final List<List<Distribution>> units;
    private final List<Distribution> whole = new ArrayList<>();
    private final int[][] draws;

    private BlockBootstrap(List<List<Distribution>> rounds, int together, long seed) {
        units = rounds.stream().map(r -> joined(r, together)).toList();
        units.forEach(u -> whole.add(Distribution.sum(u)));
        int size = units.isEmpty() ? 0 : units.getFirst().size();
        draws = rounds.isEmpty() || rounds.getFirst().size() < FEWEST_ROUNDS ? new int[0][] : drawn(size, seed);
    }

    /// Of all series of a run, or of repeats of one.
    public static BlockBootstrap of(Recording recording) {
        var series = new ArrayList<List<Distribution>>();
        for (int i = 0; i < recording.plan().series().size(); i++) {
            series.add(recording.blocks(i).stream()
                    .filter(RecordedBlock::counted)
                    .map(RecordedBlock::latency)
                    .toList());
        }
        int rounds = series.stream().mapToInt(List::size).min().orElse(0);
        var even = series.stream().map(s -> s.subList(0, rounds)).toList();
        return new BlockBootstrap(
                even, (int) Math.round(Math.cbrt(rounds)), recording.plan().seed());
    }

    /// Of rounds that have nothing to do with their neighbours.
    ///
    /// @param rounds one list a series, all of the same length
    static BlockBootstrap independent(List<List<Distribution>> rounds, long seed) {
        return new BlockBootstrap(rounds, 1, seed);
    }

    /// Where the percentile would lie in 95 of 100 runs, in microseconds; empty where too few samples or blocks
    /// support it.
    public Optional<Span> interval(int series, double percentile) {
        if (tooFew(series, percentile)) {
            return Optional.empty();
        }
        return Optional.of(middle(drawn(series, percentile), SHOWN));
    }

    /// Whether the percentile of one series is lower than another's, so surely that chance alone would say so in one
    /// of a hundred cases at most.
    public Verdict compare(int first, int second, double percentile) {
        if (tooFew(first, percentile) || tooFew(second, percentile)) {
            return new Verdict.TooFew();
        }
        var a = drawn(first, percentile);
        var b = drawn(second, percentile);
        var ratios = new double[a.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = a[i] / b[i];
        }
        var ratio = middle(ratios, DECIDING);
        if (ratio.high() < 1) {
            return new Verdict.Lower(0, 100 * (1 - ratio.high()), 100 * (1 - ratio.low()));
        }
        if (ratio.low() > 1) {
            return new Verdict.Lower(1, 100 * (1 - 1 / ratio.low()), 100 * (1 - 1 / ratio.high()));
        }
        return new Verdict.NoDifference(100 * (ratio.low() - 1), 100 * (ratio.high() - 1));
    }

    private boolean tooFew(int series, double percentile) {
        return draws.length == 0 || whole.get(series).weak(percentile);
    }

    /// The percentile of every draw.
    private double[] drawn(int series, double percentile) {
        double level = percentile / 100;
        var quantiles = new Quantiles(whole.get(series));
        var parts = units.get(series);
        var below = new double[parts.size()];
        var samples = new double[parts.size()];
        for (int i = 0; i < below.length; i++) {
            samples[i] = parts.get(i).samples();
            below[i] = quantiles.below(parts.get(i), level) - level * samples[i];
        }
        var values = new double[draws.length];
        for (int d = 0; d < draws.length; d++) {
            double off = 0;
            double all = 0;
            for (int unit : draws[d]) {
                off += below[unit];
                all += samples[unit];
            }
            values[d] = quantiles.at(level - (all == 0 ? 0 : off / all));
        }
        return values;
    }

    private static Span middle(double[] values, double share) {
        Arrays.sort(values);
        int cut = (int) Math.round((1 - share) / 2 * values.length);
        return new Span(values[cut], values[values.length - 1 - cut]);
    }

    private static List<Distribution> joined(List<Distribution> rounds, int together) {
        int size = Math.max(Math.max(1, together), (rounds.size() + MOST_UNITS - 1) / MOST_UNITS);
        if (size == 1) {
            return rounds;
        }
        var units = new ArrayList<Distribution>();
        for (int i = 0; i < rounds.size(); i += size) {
            units.add(Distribution.sum(rounds.subList(i, Math.min(rounds.size(), i + size))));
        }
        return units;
    }

    private static int[][] drawn(int units, long seed) {
        var random = new SplittableRandom(seed);
        var draws = new int[DRAWS][units];
        for (var draw : draws) {
            for (int i = 0; i < units; i++) {
                draw[i] = random.nextInt(units);
            }
        }
        return draws;
    }
}
