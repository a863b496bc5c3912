package dev.wasmscope.engine.latency.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.RecordedBlock;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.platform.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The statistics from both sides, on a run that this program recorded: PING over a Unix socket, two series to the
/// same server, on a shared machine under load.
class BlockBootstrapTest {
    private static final Recording RECORDED = recorded();
    private static final List<Distribution> ALL = RECORDED.blocks(0).stream()
            .filter(RecordedBlock::counted)
            .map(RecordedBlock::latency)
            .toList();
    /// Enough, and quick.
    private static final List<Distribution> BLOCKS = ALL.subList(0, 100);

    @ParameterizedTest
    @CsvSource({"50, 1000", "99, 200"})
    void sameAgainstSameErrsInAtMostSixOfAHundred(double percentile, int trials) {
        var random = new SplittableRandom(1);
        int wrong = 0;
        for (int trial = 0; trial < trials; trial++) {
            var verdict = compare(drawn(BLOCKS, random), drawn(BLOCKS, random), percentile, trial);
            wrong += verdict instanceof Verdict.NoDifference ? 0 : 1;
        }
        assertThat(wrong).isLessThanOrEqualTo(trials * 6 / 100);
    }

    @Test
    void tenPercentMoreAreFoundInNinetyOfAHundred() {
        var random = new SplittableRandom(2);
        var slower = BLOCKS.stream().map(b -> scaled(b, 1.1)).toList();
        int found = 0;
        for (int trial = 0; trial < 100; trial++) {
            var verdict = compare(drawn(BLOCKS, random), drawn(slower, random), 50, trial);
            found += verdict instanceof Verdict.Lower lower && lower.lower() == 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(90);
    }

    @Test
    void twoSeriesToTheSameServerDoNotDiffer() {
        var bootstrap = BlockBootstrap.of(RECORDED);
        assertThat(bootstrap.compare(0, 1, 50)).isInstanceOf(Verdict.NoDifference.class);
        assertThat(bootstrap.compare(0, 1, 50).sentence("a", "b")).startsWith("no difference (-");
    }

    @Test
    void intervalHoldsThePercentileAndIsNarrowerThanTheBlocksSpread() {
        var interval = BlockBootstrap.of(RECORDED).interval(0, 50).orElseThrow();
        double p50 = Distribution.sum(ALL).percentileOrWeaker(50);
        assertThat(p50).isBetween(interval.low(), interval.high());
        var medians = ALL.stream().map(b -> b.percentileOrWeaker(50)).sorted().toList();
        assertThat(interval.high() - interval.low()).isLessThan(medians.getLast() - medians.getFirst());
    }

    @Test
    void repeatsThatDifferMakeTheIntervalWider() {
        var slower = BLOCKS.stream().map(b -> scaled(b, 1.5)).toList();
        var apart = BlockBootstrap.repeated(List.of(List.of(BLOCKS), List.of(slower)), 1)
                .interval(0, 50)
                .orElseThrow();
        double p50 = Distribution.sum(BLOCKS).percentileOrWeaker(50);
        assertThat(apart.low()).isLessThan(p50 * 1.05);
        assertThat(apart.high()).isGreaterThan(p50 * 1.4);
    }

    @Test
    void halfIsLowerByHalf() {
        var half = BLOCKS.stream().map(b -> scaled(b, 0.5)).toList();
        assertThat(compare(BLOCKS, half, 50, 1)).isInstanceOfSatisfying(Verdict.Lower.class, v -> {
            assertThat(v.lower()).isEqualTo(1);
            assertThat(v.fromPercent()).isBetween(49.0, 50.5);
            assertThat(v.toPercent()).isBetween(49.5, 51.0);
            assertThat(v.sentence("a", "b")).startsWith("b is lower by ");
        });
    }

    @Test
    void fewBlocksAndWeakPercentilesGiveNoVerdict() {
        assertThat(compare(BLOCKS.subList(0, 9), BLOCKS.subList(0, 9), 50, 1)).isEqualTo(new Verdict.TooFew());
        assertThat(compare(BLOCKS, BLOCKS, 99.999, 1)).isEqualTo(new Verdict.TooFew());
        assertThat(BlockBootstrap.independent(List.of(BLOCKS), 1).interval(0, 99.999))
                .isEmpty();
        assertThat(BlockBootstrap.independent(List.of(), 1)).isNotNull();
    }

    private static Verdict compare(List<Distribution> a, List<Distribution> b, double percentile, long seed) {
        return BlockBootstrap.independent(List.of(a, b), seed).compare(0, 1, percentile);
    }

    private static List<Distribution> drawn(List<Distribution> blocks, SplittableRandom random) {
        var drawn = new ArrayList<Distribution>();
        for (int i = 0; i < blocks.size(); i++) {
            drawn.add(blocks.get(random.nextInt(blocks.size())));
        }
        return drawn;
    }

    private static Distribution scaled(Distribution block, double factor) {
        var builder = new DistributionBuilder();
        block.steps().forEach(s -> builder.add(s.micros() * factor, s.count()));
        return builder.build();
    }

    private static Recording recorded() {
        var stream = BlockBootstrapTest.class.getResourceAsStream("same-against-same.jsonl");
        try (var in =
                new BufferedReader(new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8))) {
            var lines = in.lines().toList();
            var environment = Environment.read(List.of(), Map.of());
            return Recording.read(lines.getFirst(), environment, lines.subList(1, lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
