package dev.wasmscope.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.spi.Verb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a real Redis and a real echo server.
class LatencyVerbTest {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--target nosuch",
                "--transport pigeon",
                "--transport tcp,tcp",
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

    private int run(String line) {
        return runWords(List.of(line.split(" ", -1)));
    }

    private int runWords(List<String> words) {
        return new LatencyVerb()
                .run(
                        words,
                        new Verb.Terminal(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)));
    }
}
