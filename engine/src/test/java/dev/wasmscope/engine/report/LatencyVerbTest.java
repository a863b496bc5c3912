package dev.wasmscope.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a real Redis and a real echo server.
class LatencyVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void secondOfGetAtARateIsJsonOfFourSeries() throws Exception {
        assertThat(run("--command GET --payload 100 --rate 2000 --seconds 1 --warmup 100ms --json"))
                .describedAs("%s", err)
                .isZero();
        var json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("mode").asText()).isEqualTo("fixed-rate");
        assertThat(json.get("series")).hasSize(4).allSatisfy(s -> {
            assertThat(s.get("samples").asLong()).isPositive();
            assertThat(s.get("rate").asDouble()).isEqualTo(2000);
            assertThat(s.get("fromActualSend").get("samples")).isEqualTo(s.get("samples"));
        });
        assertThat(json.get("ratios").get("native").has("tcp/unix")).isTrue();
        assertThat(json.get("environment").get("versions").has("redis")).isTrue();
    }

    @Test
    void repeatedRunIsKeptInABundleThatReportOpens() throws Exception {
        var bundle = folder.resolve("run.zip");
        assertThat(run("--target native --clients 2 --seconds 2 --warmup 50ms --repeat 2 --json --bundle " + bundle))
                .describedAs("%s", err)
                .isZero();
        var json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("repeats").asInt()).isEqualTo(2);
        assertThat(json.get("clients").asInt()).isEqualTo(2);
        assertThat(json.get("noise").get("p99").asDouble()).isPositive();
        assertThat(json.get("series")).hasSize(2).allSatisfy(s -> {
            assertThat(s.get("cpuPerThousand").get("client").asDouble()).isPositive();
            assertThat(s.get("cpuPerThousand").get("server").asDouble()).isPositive();
            assertThat(s.get("intervals").get("p50").get(0).asDouble())
                    .isLessThanOrEqualTo(s.get("intervals").get("p50").get(1).asDouble());
        });
        var verdict = json.get("verdicts").get(0);
        assertThat(verdict.get("a").asText()).isEqualTo("native · tcp");
        assertThat(verdict.get("p50").get("verdict").asText()).isIn("lower", "no-difference");
        out.reset();
        assertThat(report(bundle.toString(), "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8)))
                .isEqualTo(json);
        out.reset();
        assertThat(report(bundle.toString(), "--command")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(json.get("commandLine").asText())
                .startsWith("wasmscope latency --target native --transport tcp,unix --command PING --payload 16"
                        + " --pipeline 1 --clients 2 --rate 0 --seconds 2 --warmup 50ms --repeat 2 --seed ");
        out.reset();
        assertThat(report(bundle.toString(), "--out", folder.resolve("again").toString()))
                .isZero();
        assertThat(folder.resolve("again/latency.svg")).exists();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("in 95 of 100 (2 runs): p50", "noise of the machine");
    }

    @Test
    void sweepIsARunForEachValueAndAnImportStandsBesideIt() throws Exception {
        var other = Files.writeString(folder.resolve("cli.txt"), "0 3 0.25 100\n");
        assertThat(run(
                        "--target echo --transport unix --seconds 1 --warmup 0ms --sweep payload=16,4096 --json --import "
                                + other))
                .describedAs("%s", err)
                .isZero();
        var json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        var points = json.get("sweep").get("points");
        assertThat(json.get("sweep").get("of").asText()).isEqualTo("payload");
        assertThat(points).hasSize(2);
        assertThat(points.get(1).get("value").asInt()).isEqualTo(4096);
        assertThat(points.get(1).get("payload").asInt()).isEqualTo(4096);
        assertThat(points.get(1).get("series").get(0).get("samples").asLong()).isPositive();
        assertThat(json.get("commandLine").asText()).contains("--sweep payload=16,4096");
        assertThat(json.get("imports").get(0).get("tool").asText()).isEqualTo("redis-cli");
        assertThat(json.get("imports").get(0).get("mean").asDouble()).isBetween(245.0, 255.0);
    }

    @Test
    void reportOfWhatIsNoBundleIsASentence() throws Exception {
        assertThat(report(folder.resolve("missing.zip").toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no file", "missing.zip");
        err.reset();
        var text = Files.writeString(folder.resolve("text.zip"), "not a zip");
        assertThat(report(text.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("text.zip is no bundle");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--repeat 0",
                "--quick --repeat 2",
                "--clients 0",
                "--load 65",
                "--wait never",
                "--server-wait never",
                "--sweep colour=1,2",
                "--sweep payload=1.5",
                "--sweep rate=1,,2",
                "--sweep rate=5,5",
                "--import-unit years",
                "--target nosuch",
                "--transport pigeon",
                "--transport tcp,tcp",
                "--lanes native",
                "--lanes natve:shm",
                "--lanes echo:tcp,echo:tcp",
                "--lanes echo:tcp --target echo",
                "--lanes echo:tcp --transport tcp",
                "--block 0ms",
                "--block 11s",
                "--seconds 0",
                "--seconds x",
                "--rate -1",
                "--payload 99999999",
                "--pipeline 0",
                "--warmup soon",
                "--quick --seconds 3",
                "--nosuch"
            })
    void whatCannotBeMeantIsUsage(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("wasmscope latency --help")
                .hasLineCount(2);
        assertThat(out.size()).isZero();
    }

    @Test
    void laneThatDoesNotExistIsAnsweredByTheNearest() {
        assertThat(run("--lanes echo:tcp,natve:shm")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("There is no lane natve:shm. Did you mean native:shm?");
    }

    @Test
    void lanesOfDifferentTargetsAreMeasuredInTheirOrderAndTheirLineIsKept() throws Exception {
        assertThat(run("--lanes echo:tcp,native:unix --seconds 1 --warmup 0ms --seed 7 --json"))
                .describedAs("%s", err)
                .isZero();
        var json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("series").findValuesAsText("target")).containsExactly("echo", "native");
        assertThat(json.get("series").findValuesAsText("transport")).containsExactly("tcp", "unix");
        assertThat(json.get("commandLine").asText())
                .isEqualTo("wasmscope latency --lanes echo:tcp,native:unix --command PING --payload 16 --pipeline 1"
                        + " --clients 1 --rate 0 --seconds 1 --warmup 0ms --seed 7");
    }

    @Test
    void sidesThatWaitDifferentlyAreMeasuredSoAndTold() throws Exception {
        assumeThat(SharedMemoryTransport.available()).isTrue();
        assertThat(
                        run(
                                "--target echo --transport shm --wait park --server-wait adaptive --seconds 1 --warmup 0ms --json"))
                .describedAs("%s", err)
                .isZero();
        var json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        var series = json.get("series").get(0);
        assertThat(series.get("wait").asText()).isEqualTo("park");
        assertThat(series.get("serverWait").asText()).isEqualTo("adaptive");
        assertThat(json.get("commandLine").asText()).contains("--wait park --server-wait adaptive");
        out.reset();
        assertThat(run("--target echo --transport shm --server-wait park --seconds 1 --warmup 0ms"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("shm: client waits adaptive, server park");
    }

    @Test
    void commandTheServerRefusesFailsWithItsWords() {
        assertThat(run("--target native --transport unix --command INCR_NOT x --seconds 1"))
                .isEqualTo(2);
        err.reset();
        assertThat(runWords(List.of("--target", "native", "--transport", "unix", "--command", "INCRBYE x")))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("answered ERR unknown command 'INCRBYE'");
    }

    @Test
    void controlCEndsTheRunAndStillPrintsTheTable() throws Exception {
        var process = ChildJvm.start(EndlessLine.class, List.of(), List.of());
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("measuring");
            var _ = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(lines.lines().toList()).anySatisfy(l -> assertThat(l).startsWith("native · unix"));
        }
    }

    /// Says so when the measuring has begun.
    static final class EndlessLine {
        private EndlessLine() {}

        public static void main(String[] arguments) {
            var announcing = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
                private boolean announced;

                @Override
                public PrintStream printf(java.util.Locale locale, String format, Object... values) {
                    if (!announced) {
                        announced = true;
                        System.out.println("measuring");
                    }
                    return this;
                }
            };
            System.exit(new LatencyVerb()
                    .run(
                            List.of("--target", "native", "--transport", "unix", "--seconds", "600", "--warmup", "0s"),
                            new Verb.Terminal(System.in, System.out, announcing)));
        }
    }

    private int report(String... words) {
        return new ReportVerb().run(List.of(words), terminal());
    }

    private int run(String line) {
        return runWords(List.of(line.split(" ", -1)));
    }

    private int runWords(List<String> words) {
        return new LatencyVerb().run(words, terminal());
    }

    private Verb.Terminal terminal() {
        return new Verb.Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
