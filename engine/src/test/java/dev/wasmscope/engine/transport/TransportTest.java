package dev.wasmscope.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One suite over every transport.
class TransportTest {
    private static final Duration SECOND = Duration.ofSeconds(5);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void bytesArriveInOrderBothWays(String kind) throws Exception {
        try (var endpoint = endpoint(kind);
                var client = endpoint.transport().connect(SECOND);
                var server = endpoint.accept()) {
            client.write(text("to the server"));
            server.write(text("and back"));

            assertThat(endpoint.transport().id()).isEqualTo(kind);
            assertThat(read(server, 13)).isEqualTo("to the server");
            assertThat(read(client, 8)).isEqualTo("and back");
            assertThat(client.alive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void writingMoreThanTheKernelHoldsWaitsForTheReader(String kind) throws Exception {
        var megabytes = 8 << 20;
        try (var endpoint = endpoint(kind);
                var client = endpoint.transport().connect(SECOND);
                var server = endpoint.accept()) {
            var sent = inBackground(() -> {
                client.write(ByteBuffer.allocateDirect(megabytes));
                return true;
            });

            assertThat(read(server, megabytes)).hasSize(megabytes);
            assertThat(sent.get()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void silenceEndsInATimeOutThatNamesThePeer(String kind) throws Exception {
        try (var endpoint = endpoint(kind);
                var client = endpoint.transport().connect(SECOND);
                var _ = endpoint.accept()) {
            assertThatThrownBy(() -> client.read(ByteBuffer.allocate(8), Duration.ofMillis(30)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining(endpoint.transport().address())
                    .hasMessageContaining("30 ms");
            assertThat(client.alive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void endOfThePeerIsSeen(String kind) throws Exception {
        try (var endpoint = endpoint(kind);
                var client = endpoint.transport().connect(SECOND)) {
            endpoint.accept().close();

            assertThat(client.read(ByteBuffer.allocate(8), SECOND)).isEqualTo(-1);
            assertThat(client.alive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    @SuppressWarnings("try") // closing is what is tested
    void closingFreesAReaderThatWaitsForEver(String kind) throws Exception {
        try (var endpoint = endpoint(kind);
                var client = endpoint.transport().connect(SECOND);
                var _ = endpoint.accept()) {
            var reading = inBackground(() -> client.read(ByteBuffer.allocate(8), Duration.ZERO));
            client.close();

            assertThatThrownBy(reading::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void closedPortSaysThatNothingListens() throws IOException {
        var endpoint = new TcpEndpoint(0);
        endpoint.close();

        assertThatThrownBy(() -> endpoint.transport().connect(SECOND))
                .hasMessageContaining("Nothing listens at 127.0.0.1:")
                .hasMessageContaining("start a server");
    }

    @Test
    void unknownHostIsNamed() {
        assertThatThrownBy(
                        () -> TcpTransport.plain("no-such-host.invalid", 6379).connect(SECOND))
                .hasMessageContaining("There is no host named no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void portOutOfRangeIsRefused(int port) {
        assertThatThrownBy(() -> TcpTransport.plain("127.0.0.1", port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not between 1 and 65535");
    }

    @Test
    void missingSocketIsNamed() {
        var path = temporary.resolve("nobody.sock");

        assertThatThrownBy(() -> new UnixTransport(path).connect(SECOND)).hasMessageContaining("no socket at " + path);
    }

    @Test
    void fileThatIsNoSocketSaysThatNothingListens() throws IOException {
        var path = Files.writeString(temporary.resolve("file.sock"), "x");

        assertThatThrownBy(() -> new UnixTransport(path).connect(SECOND))
                .hasMessageContaining("Nothing listens at " + path);
    }

    @Test
    void unixSocketIsForItsOwnerOnlyAndGoesWithItsEndpoint() throws IOException {
        var endpoint = (UnixEndpoint) endpoint("unix");
        var path = Path.of(endpoint.transport().address());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        endpoint.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void directoryOpenToOthersIsRefusedForASocket() throws IOException {
        var open = Files.createDirectory(
                temporary.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        assertThatThrownBy(() -> new UnixEndpoint(open.resolve("a.sock"))).hasMessageContaining("open to others");
    }

    @Test
    void socketOfAKilledServerIsTakenOverAndThatOfALiveOneIsNot() throws IOException {
        var path = temporary.resolve("made").resolve("s");
        var killed = new UnixEndpoint(path);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolveSibling(""))))
                .isEqualTo("rwx------");
        assertThatThrownBy(() -> new UnixEndpoint(path)).hasMessageContaining("is in use by another server");
        // Without removing its name, as the kernel does it.
        killed.channel().close();
        assertThat(path).exists();
        new UnixEndpoint(path).close();
        Files.writeString(path, "a file");
        assertThatThrownBy(() -> new UnixEndpoint(path)).hasMessageContaining("is no socket");
        assertThat(path).hasContent("a file");
    }

    @Test
    void pathLongerThanTheKernelTakesIsRefused() {
        assertThatThrownBy(() -> new UnixEndpoint(temporary.resolve("x".repeat(120))))
                .hasMessageContaining("may have 107");
    }

    private Endpoint endpoint(String kind) throws IOException {
        var own = Files.createTempDirectory(
                temporary, "e", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return kind.equals("tcp") ? new TcpEndpoint(0) : new UnixEndpoint(own.resolve("s"));
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Connection connection, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertThat(connection.read(target, SECOND)).isPositive();
        }
        return new String(target.array(), StandardCharsets.US_ASCII);
    }
}
