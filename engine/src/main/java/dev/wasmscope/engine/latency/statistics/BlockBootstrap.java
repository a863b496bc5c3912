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
/// block bootstrap; Künsch 1989, rounds next to each other kept together, the cube root of their number). Of a run
/// that was repeated, repeats are drawn first and then rounds within them, as processes differ more than rounds do.
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

    /// @param repeats of which each has a list a series, all lists of a repeat of the same length
    /// @param together whether neighbouring rounds have to do with each other
    private BlockBootstrap(List<List<List<Distribution>>> repeats, boolean together, long seed) {
        units = new ArrayList<>();
        var starts = new int[repeats.size() + 1];
        int rounds = 0;
        for (int r = 0; r < repeats.size(); r++) {
            var series = repeats.get(r);
            for (int s = 0; s < series.size(); s++) {
                if (r == 0) {
                    units.add(new ArrayList<>());
                }
                units.get(s).addAll(joined(series.get(s), together));
            }
            rounds += series.isEmpty() ? 0 : series.getFirst().size();
            starts[r + 1] = units.isEmpty() ? 0 : units.getFirst().size();
        }
        units.forEach(u -> whole.add(Distribution.sum(u)));
        draws = rounds < FEWEST_ROUNDS ? new int[0][] : drawn(starts, seed);
    }

    /// Of all series of a run, or of repeats of one.
    public static BlockBootstrap of(Recording recording) {
        var blocks = new ArrayList<List<RecordedBlock>>();
        for (int i = 0; i < recording.plan().series().size(); i++) {
            blocks.add(
                    recording.blocks(i).stream().filter(RecordedBlock::counted).toList());
        }
        var repeats = new ArrayList<List<List<Distribution>>>();
        for (int r = 0; r < recording.repeats(); r++) {
            int repeat = r;
            var rounds = even(blocks.stream()
                    .map(s -> s.stream()
                            .filter(b -> b.repeat() == repeat)
                            .map(RecordedBlock::latency)
                            .toList())
                    .toList());
            if (!rounds.getFirst().isEmpty()) {
                repeats.add(rounds);
            }
        }
        return new BlockBootstrap(repeats, true, recording.plan().seed());
    }

    /// A run that was ended early may lack the last blocks of some series.
    private static List<List<Distribution>> even(List<List<Distribution>> series) {
        int rounds = series.stream().mapToInt(List::size).min().orElse(0);
        return series.stream().map(s -> s.subList(0, rounds)).toList();
    }

    /// Of rounds that have nothing to do with their neighbours.
    ///
    /// @param rounds one list a series, all of the same length
    static BlockBootstrap independent(List<List<Distribution>> rounds, long seed) {
        return repeated(List.of(rounds), seed);
    }

    /// The same of several runs.
    static BlockBootstrap repeated(List<List<List<Distribution>>> repeats, long seed) {
        return new BlockBootstrap(repeats, false, seed);
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

    private static List<Distribution> joined(List<Distribution> rounds, boolean together) {
        int neighbours = together ? Math.max(1, (int) Math.round(Math.cbrt(rounds.size()))) : 1;
        int size = Math.max(neighbours, (rounds.size() + MOST_UNITS - 1) / MOST_UNITS);
        if (size == 1) {
            return rounds;
        }
        var units = new ArrayList<Distribution>();
        for (int i = 0; i < rounds.size(); i += size) {
            units.add(Distribution.sum(rounds.subList(i, Math.min(rounds.size(), i + size))));
        }
        return units;
    }

    /// @param starts of each repeat's units, and the end
    private static int[][] drawn(int[] starts, long seed) {
        var random = new SplittableRandom(seed);
        int repeats = starts.length - 1;
        var draws = new int[DRAWS][];
        var from = new int[repeats];
        for (int d = 0; d < DRAWS; d++) {
            int size = 0;
            for (int r = 0; r < repeats; r++) {
                from[r] = repeats == 1 ? 0 : random.nextInt(repeats);
                size += starts[from[r] + 1] - starts[from[r]];
            }
            var draw = new int[size];
            int at = 0;
            for (int repeat : from) {
                int units = starts[repeat + 1] - starts[repeat];
                for (int i = 0; i < units; i++) {
                    draw[at++] = starts[repeat] + random.nextInt(units);
                }
            }
            draws[d] = draw;
        }
        return draws;
    }
}
