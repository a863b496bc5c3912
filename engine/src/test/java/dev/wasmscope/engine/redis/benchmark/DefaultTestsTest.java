package dev.wasmscope.engine.redis.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The requests and the real tool.
class DefaultTestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    @TempDir
    Path temporary;

    @Test
    void theToolSendsTheSameRequestsInTheSameOrder() throws Exception {
        var program = NativeRedis.program("redis-benchmark");
        assumeThat(program).as("redis-benchmark is installed").isPresent();
        var directories = new Directories(temporary, temporary, temporary, temporary);
        try (var server = NativeRedis.start(directories);
                var monitor = server.transport("tcp").orElseThrow().connect(PATIENCE)) {
            monitor.write(ByteBuffer.wrap("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII)));
            var port = server.transport("tcp").orElseThrow().address().replaceAll(".*:", "");
            var tool = new ProcessBuilder(program.orElseThrow().toString(), "-p", port, "-n", "1", "-c", "1", "-q")
                    .redirectErrorStream(true)
                    .start();
            tool.getInputStream().readAllBytes();
            assertThat(tool.waitFor()).isZero();
            monitor.write(ByteBuffer.wrap("QUIT\r\n".getBytes(StandardCharsets.US_ASCII)));
            var sent = seen(monitor).filteredOn(words -> !words.getFirst().equals("CONFIG"));
            sent.containsExactlyElementsOf(DefaultTests.groups().stream()
                    .flatMap(group -> group.tests().stream())
                    .map(test -> words(test.request()))
                    .toList());
        }
    }

    @Test
    void ratesOfAnotherVersionsTestsAreNotTakenForOurs() {
        var set = DefaultTests.groups().get(2);
        assertThatThrownBy(() -> RedisBenchmarkTool.rates(set, "\"test\",\"rps\"\n\"GETSET\",\"1000.00\",\"0.1\"\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("GETSET")
                .hasMessageContaining("SET was expected");
        assertThatThrownBy(() -> RedisBenchmarkTool.rates(set, "Could not connect to Redis at 127.0.0.1:1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0 of 1");
    }

    private static org.assertj.core.api.ListAssert<List<String>> seen(Connection monitor) throws IOException {
        var text = new StringBuilder();
        var buffer = ByteBuffer.allocate(8192);
        while (monitor.read(buffer.clear(), PATIENCE) >= 0) {
            text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
        return assertThat(text.toString()
                .lines()
                .filter(line -> line.contains("] \""))
                .map(line -> WORD.matcher(line).results().map(m -> m.group(1)).toList())
                .toList());
    }

    /// Of an inline command or an array of bulk strings.
    private static List<String> words(byte[] request) {
        var lines = new String(request, StandardCharsets.ISO_8859_1).lines().toList();
        if (!lines.getFirst().startsWith("*")) {
            return lines;
        }
        // The array's length, then for each word its length and itself.
        var words = new ArrayList<String>();
        for (int i = 2; i < lines.size(); i += 2) {
            words.add(lines.get(i));
        }
        return words;
    }
}
