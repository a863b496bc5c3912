package dev.wasmscope.engine.latency.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportsTest {
    @TempDir
    Path folder;

    @Test
    void ownHgrmComesBackWithTheSamePercentiles() throws Exception {
        var builder = new DistributionBuilder();
        for (int i = 0; i < 100_000; i++) {
            builder.add(10 + i % 1000 / 10.0, 1);
        }
        var original = builder.build();
        var read = read("own.hgrm", original.hgrm()).getFirst();
        assertThat(read.tool()).isEqualTo("hgrm");
        assertThat(read.latency().samples()).isEqualTo(100_000);
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
            assertThat(read.latency().percentileOrWeaker(percentile))
                    .isCloseTo(original.percentileOrWeaker(percentile), within(0.3));
        }
    }

    /// As wrk2 and others write it.
    @Test
    void hgrmOfAnotherToolIsReadInItsUnit() throws Exception {
        var histogram = new Histogram(3_600_000_000L, 3);
        histogram.recordValueWithCount(2500, 900);
        histogram.recordValueWithCount(9000, 100);
        var bytes = new ByteArrayOutputStream();
        histogram.outputPercentileDistribution(new PrintStream(bytes, true, StandardCharsets.UTF_8), 1000.0);
        Files.write(folder.resolve("wrk.hgrm"), bytes.toByteArray());
        var row = Imports.readAll(List.of(folder.resolve("wrk.hgrm")), Unit.MS)
                .getFirst()
                .latency()
                .row();
        assertThat(row.samples()).isEqualTo(1000);
        assertThat(row.p50()).isCloseTo(2500, within(10.0));
        assertThat(row.max()).isCloseTo(9000, within(20.0));
    }

    @Test
    void redisBenchmarkItselfIsRead() throws Exception {
        try (var redis = NativeRedis.start(Directories.ofUser())) {
            var said = said(redis, "redis-benchmark", "-n", "2000", "-t", "get,set", "--csv");
            var series = read("benchmark.csv", said);
            assertThat(series)
                    .extracting(ImportedSeries::title)
                    .containsExactly("benchmark.csv · SET", "benchmark.csv · GET");
            var cells = said.lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .replace("\"", "")
                    .split(",", -1);
            var set = series.getFirst().latency();
            assertThat(set.percentileOrWeaker(50)).isCloseTo(Double.parseDouble(cells[4]) * 1000, within(5.0));
            assertThat(set.row().max()).isCloseTo(Double.parseDouble(cells[7]) * 1000, within(20.0));
            assertThat(set.percentile(99)).isNotNull();
            assertThat(set.percentile(99.9)).describedAs("nobody measured it").isNull();
        }
    }

    @Test
    void redisCliItselfIsRead() throws Exception {
        try (var redis = NativeRedis.start(Directories.ofUser())) {
            var said = said(redis, "redis-cli", "--raw", "--latency", "-i", "1");
            var series = read("cli.txt", said).getFirst();
            var numbers = said.strip().split(" ", -1);
            assertThat(series.tool()).isEqualTo("redis-cli");
            assertThat(series.latency().samples()).isEqualTo(Long.parseLong(numbers[3]));
            assertThat(series.latency().row().mean()).isCloseTo(Double.parseDouble(numbers[2]) * 1000, within(20.0));
        }
    }

    /// What a terminal was sent: each line written over the one before.
    @Test
    void redisCliOnATerminalCountsWithItsLastLines() throws Exception {
        var clear = "\u001b[0G\u001b[2K";
        var series = read(
                        "typescript",
                        clear + "min: 0, max: 1, avg: 0.22 (9 samples)" + clear
                                + "min: 0, max: 4, avg: 0.25 (96 samples) -- 1.01 seconds range\n" + clear
                                + "min: 0, max: 2, avg: 0.30 (4 samples)")
                .getFirst();
        assertThat(series.latency().samples()).isEqualTo(100);
        assertThat(series.latency().row().max()).isCloseTo(4000, within(5.0));
        assertThat(series.note()).contains("only min, mean and max are known");
    }

    /// The names as memtier_benchmark 2 writes them, figures made up.
    @Test
    void memtierIsReadWithItsHistogramAndWithoutIt() throws Exception {
        var histogram = new Histogram(10, 600_000_000L, 3);
        histogram.recordValueWithCount(120, 950);
        histogram.recordValueWithCount(900, 50);
        var buffer = java.nio.ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        var encoded = java.util.Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
        var series = read("memtier.json", """
                {"configuration": {"server": "localhost"}
                ,"ALL STATS": {
                  "Runtime": {"Time unit": "MILLISECONDS"},
                  "Sets": {"Count": 1000, "Ops/sec": 9.5, "Min Latency": 0.1, "Max Latency": 0.9,
                    "Percentile Latencies": {"p50.00": 0.12, "p99.00": 0.9,
                      "Histogram log format": {"Compressed Histogram": "%s"}}},
                  "Gets": {"Count": 5000, "Min Latency": 0.05, "Max Latency": 7.5,
                    "Percentile Latencies": {"p50.00": 0.20, "p90.00": 0.30, "p99.00": 0.80, "p99.90": 3.1}},
                  "Waits": {"Count": 0, "Percentile Latencies": {"p50.00": 0.0}}
                }}
                """.formatted(encoded));
        assertThat(series)
                .extracting(ImportedSeries::title)
                .containsExactly("memtier.json · Sets", "memtier.json · Gets");
        assertThat(series.getFirst().latency().samples()).isEqualTo(1000);
        assertThat(series.getFirst().latency().percentileOrWeaker(50)).isCloseTo(120, within(8.0));
        assertThat(series.getLast().latency().percentileOrWeaker(99)).isCloseTo(800, within(5.0));
        assertThat(series.getLast().latency().row().max()).isCloseTo(7500, within(10.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                        | line 1: it is empty
            hello                                                     | line 1: "hello" is not what redis-cli
            0 1 2                                                     | line 1: "0 1 2" is not what redis-cli
            5 9 1.0 10                                                | line 1: "5 9 1.0 10" contradicts itself
            0 1 x 10                                                  | line 1: "x" is no number of 0 or more
            0 1 -1 10                                                 | line 1: "-1" is no number
            {"a": 1                                                   | line 1: Unexpected end-of-input
            {"a": 1}                                                  | line 1: there is no "Percentile Latencies"
            "test","rps"                                              | line 1: it has 2 columns
            """)
    void whatNoToolWritesIsNamedWithLineAndValue(String text, String sentence) {
        assertThatThrownBy(() -> read("bad.txt", text == null ? "" : text))
                .isInstanceOf(UnreadableImportException.class)
                .hasMessageContainingAll("bad.txt cannot be imported, ", sentence);
    }

    @Test
    void wrongFiguresAreNamedWithTheirLine() {
        var csv = "\"test\",\"rps\",\"avg_latency_ms\",\"min_latency_ms\",\"p50_latency_ms\",\"p95_latency_ms\","
                + "\"p99_latency_ms\",\"max_latency_ms\"\n";
        assertRefused(csv + "\"GET\",\"1\",\"1\",\"1\",\"2\",\"x3\",\"4\",\"5\"", "line 2: \"x3\" is no number");
        assertRefused(
                csv + "\"GET\",\"1\",\"1\",\"1\",\"2\",\"1.5\",\"4\",\"5\"", "line 2: p95_latency_ms 1.5 is less");
        assertRefused(csv, "there is no test in it");
        var heading = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n";
        assertRefused(heading + " 1.0 0.0 5 1.0\n 2.0 0.5 3 2.0\n", "line 4: the count falls from 5 to 3");
        assertRefused(heading + " abc 0.0 5 1.0\n", "line 3: \"abc\" is no number");
        assertRefused(heading + " 1.0\n", "line 3: \" 1.0\" lacks a count");
        assertRefused(heading, "there is no sample in it");
        assertRefused(
                "{\"ALL STATS\": {\n\"Gets\": {\"Percentile Latencies\": {\n\"p150.00\": 3.5}}}}",
                "line 3: Gets: \"p150.00\": 3.5 cannot be");
        assertRefused(
                "{\"ALL STATS\": {\"Gets\": {\"Percentile Latencies\": {\"Histogram log format\": {\n"
                        + "\"Compressed Histogram\": \"HISTFAAAAA\"}}}}}",
                "line 2: Gets: The histogram cannot be read");
    }

    private void assertRefused(String text, String sentence) {
        assertThatThrownBy(() -> read("bad.txt", text))
                .isInstanceOf(UnreadableImportException.class)
                .hasMessageContaining(sentence);
    }

    private List<ImportedSeries> read(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        return Imports.readAll(List.of(file));
    }

    private static String said(NativeRedis redis, String program, String... arguments) throws Exception {
        var address = redis.transport("tcp").orElseThrow().address();
        var command = new ArrayList<>(
                List.of(NativeRedis.program(program).orElseThrow().toString()));
        command.addAll(List.of("-p", address.substring(address.lastIndexOf(':') + 1)));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
