package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.transport.UnixTransport;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that offers what is no memory to share, or spoils it later: the clients in Java and in C stay on the socket
/// and say why, or end the connection with a sentence.
class HostileServerTest extends LeavesNothing {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SERVER_TAIL = RawRing.REPLIES + RawRing.TAIL;
    private static final int SERVER_HEAD = RawRing.REQUESTS + RawRing.HEAD;
    private static final int CLIENT_TAIL = RawRing.REQUESTS + RawRing.TAIL;
    private static final String LARGE = "ECHO " + "x".repeat(70_000) + "\n";

    private final List<MemoryFile> files = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException {
        for (var file : files) {
            file.close();
        }
    }

    interface Offer {
        byte[] answer(HostileServerTest test) throws Exception;
    }

    private MemoryFile memory() throws IOException {
        return kept(new MemoryFile());
    }

    private MemoryFile kept(MemoryFile file) {
        files.add(file);
        return file;
    }

    private byte[] plainFile() throws IOException {
        var plain = temporary.resolve("plain");
        Files.write(plain, memory().bytes());
        return at(plain.toString());
    }

    private byte[] fifo() throws Exception {
        var fifo = temporary.resolve("fifo").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        return at(fifo);
    }

    private static byte[] at(String path) {
        return HostileServer.offer(path, String.valueOf(MemoryFile.SIZE), Long.toHexString(MemoryFile.NONCE));
    }

    private static byte[] said(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] sized(String size) throws IOException {
        return HostileServer.offer(memory().path(), size, Long.toHexString(MemoryFile.NONCE));
    }

    private byte[] header(int at, int value) throws IOException {
        return HostileServer.offer(memory().setInt(at, value));
    }

    private byte[] header(int at, long value) throws IOException {
        return HostileServer.offer(memory().setLong(at, value));
    }

    private static Arguments offers(String what, Offer offer, String java, String c) {
        return arguments(named(what, offer), java, c);
    }

    static Stream<Arguments> offers() {
        var sealing = Stream.of(
                offers("a plain file", HostileServerTest::plainFile, "is not sealed", "is not sealed"),
                offers("unsealed memory", t -> unsealed(t, 0), "is not sealed", "is not sealed"),
                offers(
                        "memory whose seals can be added to",
                        t -> unsealed(t, MemoryFile.SHRINK | MemoryFile.GROW),
                        "is not sealed",
                        "is not sealed"),
                offers(
                        "memory that may shrink",
                        t -> unsealed(t, MemoryFile.SEAL | MemoryFile.GROW),
                        "is not sealed",
                        "is not sealed"));
        var paths = Stream.of(
                offers("a pipe", HostileServerTest::fifo, "is not sealed", "is not sealed"),
                offers("a directory", t -> at(t.temporary.toString()), "cannot be opened", "cannot be opened"),
                offers("a device", _ -> at("/dev/null"), "is not sealed", "is not sealed"),
                offers("nothing there", _ -> at("/proc/1/fd/none"), "", ""),
                offers("no such folder", _ -> at("/nowhere/at/all"), "There is no /nowhere", "not to be found"),
                offers("no path", _ -> at(""), "", "not to be found"),
                offers(
                        "a zero byte in the path",
                        t -> at(t.memory().path() + "\0x"),
                        "path that cannot be",
                        "path that can be"),
                offers("a path without end", _ -> at("/" + "x".repeat(5000)), "cannot be opened", "path that can be"));
        var sizes = Stream.of("0", "-1", "135169", "135167", "4096", "4611686018427387904", "99999999999999999999", "x")
                .map(size -> offers("the size " + size, t -> t.sized(size), "", ""));
        return Stream.of(sealing, paths, sizes, headers(), answers()).flatMap(all -> all);
    }

    private static byte[] unsealed(HostileServerTest test, int seals) throws IOException {
        return HostileServer.offer(test.kept(new MemoryFile(MemoryFile.SIZE, seals)));
    }

    private static Stream<Arguments> headers() {
        return Stream.of(
                offers("a wrong magic number", t -> t.header(0x00, 7L), "magic number", "another file"),
                offers("a wrong version", t -> t.header(0x08, 2), "version", "another version"),
                offers("another byte order", t -> t.header(0x0C, 0x04030201), "byte order", "byte order"),
                offers("another size within", t -> t.header(0x10, 1L << 40), "size", "another file"),
                offers("another nonce", t -> t.header(0x18, 1L), "nonce", "another file"),
                offers("no capacity", t -> t.header(0x20, 0), "cannot be", "cannot be"),
                offers("an odd capacity", t -> t.header(0x24, 0xFFFF), "cannot be", "cannot be"),
                offers("a capacity below zero", t -> t.header(0x24, 1 << 31), "cannot be", "cannot be"),
                offers("a capacity beyond the file", t -> t.header(0x20, 1 << 30), "cannot be", "cannot be"),
                offers("a ring in the header", t -> t.header(0x28, 0L), "cannot be", "cannot be"),
                offers("a ring below zero", t -> t.header(0x30, -1L), "cannot be", "cannot be"),
                offers("a ring beyond the file", t -> t.header(0x30, 0x11001L), "cannot be", "cannot be"));
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                offers("a hang-up", _ -> said(""), "ended the connection", "ended the connection"),
                offers("another status", _ -> said("+OK\r\n"), "answered +OK", "no shared memory"),
                offers("a number", _ -> said(":1\r\n"), "answered :1", "no shared memory"),
                offers("an error", _ -> said("-ERR not today\r\n"), "not today", "not today"),
                offers("no RESP", _ -> said("HTTP/1.1 400\r\n\r\n"), "HTTP", "nonsense"),
                offers("an empty array", _ -> said("*0\r\n"), "", "no path"),
                offers("an array below zero", _ -> said("*-7\r\n"), "", ""),
                offers("an odd array", _ -> said("*1\r\n$1\r\nx\r\n"), "1 names and values", "no path"),
                offers("numbers for names", _ -> said("*2\r\n:1\r\n:2\r\n"), "where text was expected", "no path"));
    }

    @ParameterizedTest
    @MethodSource("offers")
    void clientsStayOnTheSocketAndSayWhy(Offer offer, String java, String c) throws Exception {
        try (var server = new HostileServer(temporary.resolve("s"), offer.answer(this), () -> {})) {
            staysOnTheSocket(server, java, c);
        }
    }

    private static void staysOnTheSocket(HostileServer server, String java, String c) throws Exception {
        assertThat(RedisWithModule.said(server.address(), "PING\nPING\n"))
                .startsWith("shm-cli: over the socket, as ")
                .contains(c)
                .endsWith("\n+PONG\r\n+PONG\r\n");
        var transport = new SharedMemoryTransport(new UnixTransport(Path.of(server.address())));
        try (var client = RedisClient.connect(transport, RedisLogin.NONE, _ -> {})) {
            assertThat(client.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
            var rings = client.rings().orElseThrow();
            assertThat(rings.positions()).isEmpty();
            assertThat(rings.handshake().getLast())
                    .isInstanceOfSatisfying(
                            HandshakeStep.Refused.class,
                            step -> assertThat(step.reason()).contains(java).endsWith("."));
        }
    }

    /// Whoever had mapped it would be killed by SIGBUS at the next look.
    @Test
    void aFileThatIsCutOffAfterTheOfferKillsNobody() throws Exception {
        var offer = plainFile();
        try (var server = new HostileServer(temporary.resolve("s"), offer, this::cut)) {
            staysOnTheSocket(server, "is not sealed", "is not sealed");
        }
        assertThat(temporary.resolve("plain")).isEmptyFile();
    }

    private void cut() {
        try (var channel = FileChannel.open(temporary.resolve("plain"), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> impossible() {
        return Stream.of(-1L, 0x10001L, Long.MIN_VALUE, Long.MAX_VALUE)
                .flatMap(position -> Stream.of(
                        arguments(named("tail %d".formatted(position), SERVER_TAIL), position),
                        arguments(named("head %d".formatted(position), SERVER_HEAD), position)));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void anImpossiblePositionEndsTheCommandWithASentence(int word, long position) throws Exception {
        var file = memory();
        try (var _ = new HostileServer(temporary.resolve("s"), HostileServer.offer(file), () -> {})) {
            var client = RedisWithModule.client(temporary.resolve("s").toString());
            try (var in = client.outputWriter()) {
                in.write(word == SERVER_TAIL ? "PING\n" : LARGE);
                in.flush();
                FaultsTest.await(() -> file.getLong(CLIENT_TAIL) > 0);
                file.setLong(word, position);
                ends(client, "the server has written a position into its ring that cannot be");
            }
        }
    }

    @Test
    void nonsenseForAnAnswerEndsTheCommandWithAnotherSentence() throws Exception {
        var file = memory();
        try (var _ = new HostileServer(temporary.resolve("s"), HostileServer.offer(file), () -> {})) {
            var client = RedisWithModule.client(temporary.resolve("s").toString());
            try (var in = client.outputWriter()) {
                in.write("PING\nPING\nPING\n");
                in.flush();
                FaultsTest.await(() -> file.getLong(CLIENT_TAIL) > 0);
                file.setBytes(0x11000, said("what?\r\n")).setLong(SERVER_TAIL, 7);
                ends(client, "the server spoke nonsense");
            }
        }
    }

    /// With lines of input left.
    static void ends(Process client, String sentence) throws Exception {
        endsWith3(client);
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("is lost: " + sentence + "\n")
                .containsOnlyOnce("shm-cli:");
    }

    static void endsWith3(Process client) throws InterruptedException {
        if (!client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            client.destroyForcibly().waitFor();
        }
        assertThat(client.exitValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void anImpossiblePositionEndsTheConnectionInJava(int word, long position) throws Exception {
        meets(word, position);
        meets(word, position, "commands", "ping echo ping");
    }

    /// @param more what else the offer says: whether all commands go through the ring, or some
    private void meets(int word, long position, String... more) throws Exception {
        var file = memory();
        var path = temporary.resolve(more.length == 0 ? "all" : "some");
        var transport = new SharedMemoryTransport(new UnixTransport(path));
        try (var _ = new HostileServer(path, HostileServer.offer(file, more), () -> {});
                var connection = transport.connect(PATIENCE)) {
            assertThat(connection.rings().orElseThrow().positions()).isPresent();
            var size = word == SERVER_TAIL ? 10 : 70_000;
            var request = said("*2\r\n$4\r\nECHO\r\n$%d\r\n%s\r\n".formatted(size, "x".repeat(size)));
            var exchange = CompletableFuture.supplyAsync(
                    () -> failure(() -> {
                        connection.write(ByteBuffer.wrap(request));
                        connection.read(ByteBuffer.allocate(100), PATIENCE);
                    }),
                    Thread::startVirtualThread);
            FaultsTest.await(() -> file.getLong(CLIENT_TAIL) > 0);
            file.setLong(word, position);
            assertThat(exchange.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .contains("impossible")
                    .contains(String.valueOf(position));
        }
        assertThat(file.getInt(0x0C0)).as("the client has left").isEqualTo(2);
    }

    private interface Exchange {
        void run() throws IOException;
    }

    private static String failure(Exchange exchange) {
        try {
            exchange.run();
            return "it went well";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adaptive", "spin", "park"})
    void aServerThatHangsUpWhileItIsAskedEndsTheCommand(String strategy) throws Exception {
        var file = memory();
        var server = new HostileServer(temporary.resolve("s"), HostileServer.offer(file), () -> {});
        try {
            var client = RedisWithModule.client(server.address(), "--wait", strategy);
            try (var in = client.outputWriter()) {
                in.write("PING\nPING\nPING\n");
                in.flush();
                FaultsTest.await(() -> file.getLong(CLIENT_TAIL) > 0);
                server.close();
                ends(client, "the server has gone");
            }
        } finally {
            server.close();
        }
    }

    @Test
    void whoWantsSharedMemoryOnlyIsToldWhyThereIsNone() throws Exception {
        try (var server = new HostileServer(temporary.resolve("s"), plainFile(), () -> {})) {
            var only = new SharedMemoryTransport(
                    new UnixTransport(Path.of(server.address())),
                    dev.wasmscope.engine.transport.shm.WaitStrategy.ADAPTIVE,
                    false);
            assertThatThrownBy(() -> only.connect(PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not sealed");
        }
    }
}
