package dev.wasmscope.engine.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.EchoTarget;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rings between this process and an echo server in another one.
class SharedMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path temporary;

    private static EchoTarget server;

    @BeforeAll
    static void start() throws IOException {
        server = EchoTarget.start(directories());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Directories directories() {
        return new Directories(temporary, temporary, temporary, temporary.resolve("run"));
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void commandsAreAnsweredWhateverTheClientDoesMeanwhile(WaitStrategy strategy) throws Exception {
        try (var client = transport(strategy).connect(PATIENCE)) {
            for (var i = 0; i < 1000; i++) {
                assertThat(echoed(client, "number " + i)).isEqualTo("number " + i);
            }
            // Longer than either side spins.
            Thread.sleep(150);
            assertThat(echoed(client, "after a rest")).isEqualTo("after a rest");
        }
    }

    @Test
    void whatIsLargerThanTheRingsArrivesWhole() throws Exception {
        var text = "0123456789abcdef".repeat(RingLayout.CAPACITY / 4);
        try (var client = transport().connect(PATIENCE)) {
            var sent = inBackground(() -> send(client, request("ECHO", text)));
            assertThat(bulk(client, text.length())).isEqualTo(text);
            assertThat(sent.get()).isTrue();
        }
    }

    @Test
    void aPipelineThatFillsBothRingsIsAnsweredInOrder() throws Exception {
        var requests = 20_000;
        try (var client = transport().connect(PATIENCE)) {
            var sent = inBackground(() -> {
                for (var i = 0; i < requests; i++) {
                    send(client, request("ECHO", "%08d".formatted(i)));
                }
                return true;
            });
            for (var i = 0; i < requests; i++) {
                assertThat(bulk(client, 8)).isEqualTo("%08d".formatted(i));
            }
            assertThat(sent.get()).isTrue();
        }
    }

    @Test
    void bytesFlowThroughOneFileOfTwoProcessesAndNotThroughTheSocket() throws Exception {
        var pid = server.pid().orElseThrow();
        try (var client = transport().connect(PATIENCE)) {
            echoed(client, "attached");

            assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(rings(ProcessHandle.current().pid())).isNotEmpty();
            assertThat(rings(pid)).containsAll(rings(ProcessHandle.current().pid()));

            var text = "x".repeat(1000);
            var before = transferred(pid);
            for (var i = 0; i < 10_000; i++) {
                assertThat(echoed(client, text)).isEqualTo(text);
            }
            // Ten million bytes each way. A bell for a server that had gone to sleep is one byte.
            assertThat(transferred(pid) - before).isLessThan(20_000);
        }
    }

    @Test
    void memoryIsGivenBackWhenTheClientHasGone() throws Exception {
        var pid = server.pid().orElseThrow();
        var before = rings(pid).size();
        for (var i = 0; i < 50; i++) {
            try (var client = transport().connect(PATIENCE)) {
                assertThat(echoed(client, "x")).isEqualTo("x");
            }
        }
        await(() -> rings(pid).size() <= before);
        assertThat(descriptors(pid)).noneMatch(target -> target.contains("wasmscope-ring"));
    }

    @Test
    void sixtyFourClientsAreServedAtOnce() throws Exception {
        var clients = new ArrayList<Connection>();
        try {
            for (var i = 0; i < 64; i++) {
                clients.add(transport().connect(PATIENCE));
            }
            for (var round = 0; round < 20; round++) {
                for (var client : clients) {
                    send(client, request("ECHO", "%04d".formatted(round)));
                }
                for (var client : clients) {
                    assertThat(bulk(client, 4)).isEqualTo("%04d".formatted(round));
                }
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aKilledServerIsNoticedAtRestAndWhileItIsAsked() throws Exception {
        try (var victim = EchoTarget.start(directories());
                var idle = shm(victim, WaitStrategy.ADAPTIVE).connect(PATIENCE);
                var spinning = shm(victim, WaitStrategy.SPIN).connect(PATIENCE)) {
            echoed(idle, "x");
            echoed(spinning, "x");
            var waits = inBackground(() -> idle.read(ByteBuffer.allocate(8), Duration.ZERO));
            var spins = inBackground(() -> spinning.read(ByteBuffer.allocate(8), Duration.ZERO));
            Thread.sleep(200);

            ProcessHandle.of(victim.pid().orElseThrow()).orElseThrow().destroyForcibly();

            assertThat(waits.get()).isEqualTo(-1);
            assertThat(spins.get()).isEqualTo(-1);
            assertThat(idle.alive()).isFalse();
            assertThatThrownBy(() -> send(idle, request("PING")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended the connection");
        }
    }

    @Test
    void silenceEndsInATimeOutThatNamesTheServer() throws Exception {
        try (var client = transport().connect(PATIENCE)) {
            assertThatThrownBy(() -> client.read(ByteBuffer.allocate(8), Duration.ofMillis(30)))
                    .isInstanceOf(java.net.SocketTimeoutException.class)
                    .hasMessageContaining("30 ms");
            assertThat(client.alive()).isFalse();
        }
    }

    @Test
    void closingFreesTheOneWhoWaits() throws Exception {
        var client = transport().connect(PATIENCE);
        echoed(client, "x");
        var waits = inBackground(() -> client.read(ByteBuffer.allocate(8), Duration.ZERO));
        Thread.sleep(100);
        client.close();
        assertThatThrownBy(waits::get)
                .hasRootCauseInstanceOf(IOException.class)
                .rootCause()
                .hasMessageContaining("was closed while it waited");
    }

    private static Transport transport() {
        return transport(WaitStrategy.ADAPTIVE);
    }

    private static Transport transport(WaitStrategy strategy) {
        return shm(server, strategy);
    }

    private static Transport shm(EchoTarget target, WaitStrategy strategy) {
        return new SharedMemoryTransport(target.transport("unix").orElseThrow(), strategy);
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("background").start(task);
        return task;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (var until = System.nanoTime() + PATIENCE.toNanos(); !condition.call(); ) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(10);
        }
    }

    private static String request(String... words) {
        var all = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            all.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return all.toString();
    }

    private static boolean send(Connection client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        return true;
    }

    private static String echoed(Connection client, String text) throws IOException {
        send(client, request("ECHO", text));
        return bulk(client, text.length());
    }

    private static String bulk(Connection client, int length) throws IOException {
        var header = "$" + length + "\r\n";
        var answer = ByteBuffer.allocate(header.length() + length + 2);
        while (answer.hasRemaining()) {
            assertThat(client.read(answer, PATIENCE)).isPositive();
        }
        var text = new String(answer.array(), StandardCharsets.US_ASCII);
        assertThat(text).startsWith(header);
        return text.substring(header.length(), header.length() + length);
    }

    /// The inodes of the rings that a process has mapped.
    private static List<String> rings(long pid) throws IOException {
        var mapping = Pattern.compile(" (\\d+) +/memfd:wasmscope-ring");
        try (var lines = Files.lines(Path.of("/proc/%d/maps".formatted(pid)))) {
            return lines.map(mapping::matcher)
                    .filter(java.util.regex.Matcher::find)
                    .map(found -> found.group(1))
                    .distinct()
                    .toList();
        }
    }

    private static List<String> descriptors(long pid) throws IOException {
        var all = new ArrayList<String>();
        try (var links = Files.newDirectoryStream(Path.of("/proc/%d/fd".formatted(pid)))) {
            for (var link : links) {
                all.add(Files.readSymbolicLink(link).toString());
            }
        }
        return all;
    }

    /// Bytes that a process has read and written through the kernel.
    private static long transferred(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/io".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("rchar") || line.startsWith("wchar"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                    .sum();
        }
    }
}
