package dev.wasmscope.engine.redis.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.spi.Verb;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The verb with the real module in a process of its own, the real server and the real tool. What it measures in so few
/// requests says nothing; that it measures everything does.
class BenchmarkVerbTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyTestIsComparedAndMeasuredOnBothSides() throws Exception {
        assumeThat(RedisModule.present()).as("redis.wasm was built").isTrue();
        assumeThat(NativeRedis.program("redis-benchmark"))
                .as("redis-benchmark is installed")
                .isPresent();
        int exit = run("--requests", "200", "--rounds", "1", "--warmup", "0", "--json");
        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
        var json = new ObjectMapper().readTree(out.toByteArray());
        var expected = DefaultTests.groups().stream()
                .flatMap(group -> group.tests().stream())
                .toList();
        var compiler = json.path("runtimes").path("compiler");
        assertThat(json.path("repliesCompared").asLong())
                .isGreaterThan((long) expected.size() * ReplyComparison.REQUESTS_A_TEST);
        assertThat(compiler.path("tests")).hasSameSizeAs(expected).allSatisfy(test -> {
            assertThat(test.path("wasmPerSecond").asDouble()).isPositive();
            assertThat(test.path("nativePerSecond").asDouble()).isPositive();
            assertThat(test.path("ratio").asDouble())
                    .isCloseTo(
                            test.path("nativePerSecond").asDouble()
                                    / test.path("wasmPerSecond").asDouble(),
                            withPercentage(0.01));
            assertThat(test.path("nativeCommandMicros").asDouble()).isPositive();
        });
        assertThat(sum(compiler, "wasmPerSecond"))
                .isCloseTo(compiler.path("total").path("seconds").asDouble(), withPercentage(0.01));
        assertThat(json.path("environment").path("cpu").asText()).isNotEmpty();
    }

    @Test
    void badOptionsAreRefusedBeforeAnythingStarts() {
        assertThat(run("--runtime", "v9")).isEqualTo(2);
        assertThat(run("--requests", "0")).isEqualTo(2);
        assertThat(run("--rounds", "0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("There is no runtime v9; there are compiler, interpreter")
                .contains("A test has 1 to 100,000,000 requests, not 0")
                .contains("There are 1 to 100 rounds, not 0");
    }

    private static double sum(JsonNode runtime, String rate) {
        double seconds = 0;
        for (var test : runtime.path("tests")) {
            seconds += 200 / test.path(rate).asDouble();
        }
        return seconds;
    }

    private int run(String... arguments) {
        var terminal = new Verb.Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new BenchmarkVerb().run(List.of(arguments), terminal);
    }
}
