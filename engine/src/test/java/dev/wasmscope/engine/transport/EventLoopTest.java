package dev.wasmscope.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.shm.SharedMemoryServer;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets against a service of lines: `N\n` is answered by N bytes, `bad\n` is nonsense.
class EventLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final OutputLimits LIMITS = new OutputLimits(256 << 10, 4 << 20, 64 << 20, 1 << 20);

    @TempDir
    Path temporary;

    private final Lines service = new Lines();
    private EventLoop loop;
    private TcpEndpoint tcp;
    private UnixEndpoint unix;
    private Thread runner;

    @BeforeEach
    void start() throws IOException {
        var own = Files.createTempDirectory(
                temporary, "e", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        loop = new EventLoop(service, LIMITS);
        tcp = new TcpEndpoint(0);
        unix = new UnixEndpoint(own.resolve("s"));
        loop.listen(tcp);
        loop.listen(unix, SharedMemoryServer.join(loop, service, WaitStrategy.ADAPTIVE));
        runner = Thread.ofPlatform().name("loop-under-test").start(() -> {
            try {
                loop.run();
            } catch (IOException e) {
                service.failure = e;
            }
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.close();
        runner.join(PATIENCE.toMillis());
        assertThat(runner.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "shm"})
    void requestInPiecesIsAnsweredOnce(String kind) throws IOException {
        try (var client = transport(kind).connect(PATIENCE)) {
            send(client, "1");
            send(client, "2\n3");
            assertThat(read(client, 12)).isEqualTo("x".repeat(12));
            send(client, "\n");
            assertThat(read(client, 3)).isEqualTo("xxx");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "shm"})
    void pipelineIsAnsweredInOneGo(String kind) throws IOException {
        try (var client = transport(kind).connect(PATIENCE)) {
            send(client, "7\n".repeat(20_000));
            assertThat(read(client, 140_000)).hasSize(140_000);
        }
    }

    @Test
    void answersOfManyClientsReachThemOnly() throws IOException {
        var clients = new ArrayList<Connection>();
        for (int i = 0; i < 300; i++) {
            clients.add(transport(i % 2 == 0 ? "tcp" : "unix").connect(PATIENCE));
        }
        for (int i = 0; i < clients.size(); i++) {
            send(clients.get(i), (i + 1) + "\n");
        }
        for (int i = 0; i < clients.size(); i++) {
            assertThat(read(clients.get(i), i + 1)).hasSize(i + 1);
            clients.get(i).close();
        }
    }

    @Test
    void clientThatDoesNotReadIsPausedThenCutOffAndStallsNobody() throws Exception {
        try (var slow = transport("unix").connect(PATIENCE);
                var other = transport("unix").connect(PATIENCE)) {
            send(slow, "3000000\n");
            send(other, "5\n");
            assertThat(read(other, 5)).isEqualTo("xxxxx");
            assertThat(service.closed.get()).isZero();
            // Nothing more is read from it: what follows waits in the kernel until it has read.
            send(slow, "4\n");
            assertThat(read(slow, 3_000_004)).hasSize(3_000_004);

            send(slow, "3000000\n3000000\n");
            assertThat(service.gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            send(other, "5\n");
            assertThat(read(other, 5)).isEqualTo("xxxxx");
        }
    }

    @Test
    void nonsenseIsAnsweredUpToItAndClosed() throws IOException {
        try (var client = transport("tcp").connect(PATIENCE)) {
            send(client, "4\nbad\n5\n");
            assertThat(read(client, 4)).isEqualTo("xxxx");
            assertThat(client.read(ByteBuffer.allocate(8), PATIENCE)).isEqualTo(-1);
        }
    }

    @Test
    void requestThatNeverEndsIsRefusedAtTheLimit() throws IOException {
        try (var client = transport("tcp").connect(PATIENCE)) {
            var endless = "1".repeat(LIMITS.request() + (1 << 20));
            // The server may close before all has been taken.
            assertThatThrownBy(() -> {
                        send(client, endless);
                        if (client.read(ByteBuffer.allocate(8), PATIENCE) < 0) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void deathInTheMiddleOfARequestIsTold() throws Exception {
        var client = transport("tcp").connect(PATIENCE);
        send(client, "12");
        client.close();

        assertThat(service.gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failureOfTheServiceInOneRequestCutsOffItsClientOnly() throws IOException {
        try (var client = transport("tcp").connect(PATIENCE);
                var other = transport("tcp").connect(PATIENCE)) {
            send(client, "not a number\n");
            assertThat(client.read(ByteBuffer.allocate(8), PATIENCE)).isEqualTo(-1);
            send(other, "2\n");
            assertThat(read(other, 2)).isEqualTo("xx");
        }
    }

    @Test
    void nothingLeavesWhenCommittingFails() throws Exception {
        try (var client = transport("tcp").connect(PATIENCE)) {
            service.full = true;
            send(client, "2\n");

            assertThat(client.read(ByteBuffer.allocate(8), PATIENCE)).isEqualTo(-1);
            runner.join(PATIENCE.toMillis());
            assertThat(service.failure).hasMessage("disk full");
        }
    }

    @Test
    void polledSourceIsAskedAndAgreesToSleep() throws Exception {
        var source = new Source();
        loop.execute(() -> loop.join(source));
        assertThat(source.slept.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        source.work.set(true);
        loop.wake();
        assertThat(source.worked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingRemovesTheSocketAndEndsTheClients() throws IOException {
        try (var client = transport("unix").connect(PATIENCE)) {
            send(client, "1\n");
            assertThat(read(client, 1)).isEqualTo("x");
            loop.close();
            assertThat(client.read(ByteBuffer.allocate(8), PATIENCE)).isEqualTo(-1);
            assertThat(Path.of(unix.transport().address())).doesNotExist();
            assertThat(service.closed.get()).isEqualTo(1);
        }
    }

    private Transport transport(String kind) {
        return switch (kind) {
            case "tcp" -> tcp.transport();
            case "unix" -> unix.transport();
            default -> new SharedMemoryTransport(unix.transport());
        };
    }

    private static void send(Connection connection, String text) throws IOException {
        connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String read(Connection connection, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertThat(connection.read(target, PATIENCE)).isPositive();
        }
        return new String(target.array(), StandardCharsets.US_ASCII);
    }

    /// A source that has work when told so.
    private static final class Source implements PolledSource {
        final CountDownLatch slept = new CountDownLatch(1);
        final CountDownLatch worked = new CountDownLatch(1);
        final AtomicBoolean work = new AtomicBoolean();

        @Override
        public boolean poll() {
            var found = work.getAndSet(false);
            if (found) {
                worked.countDown();
            }
            return found;
        }

        @Override
        public boolean maySleep() {
            slept.countDown();
            return !work.get();
        }

        @Override
        public void awake() {}

        @Override
        public void close() {}
    }

    /// The service.
    private static final class Lines implements LoopService {
        final AtomicInteger closed = new AtomicInteger();
        final CountDownLatch gone = new CountDownLatch(1);
        volatile boolean full;
        volatile @Nullable IOException failure;

        @Override
        public PeerHandler opened(Peer peer) {
            return new PeerHandler() {
                @Override
                public void received(ByteBuffer bytes) throws IOException {
                    for (int i = bytes.position(); i < bytes.limit(); i++) {
                        if (bytes.get(i) == '\n') {
                            var line = new byte[i - bytes.position()];
                            bytes.get(line).get();
                            answer(new String(line, StandardCharsets.US_ASCII));
                        }
                    }
                }

                private void answer(String line) throws IOException {
                    if (line.equals("bad")) {
                        throw new IOException("That is nonsense.");
                    }
                    peer.send("x".repeat(Integer.parseInt(line)).getBytes(StandardCharsets.US_ASCII));
                }

                @Override
                public void closed() {
                    closed.incrementAndGet();
                    gone.countDown();
                }
            };
        }

        @Override
        public void turn() throws IOException {
            if (full) {
                throw new IOException("disk full");
            }
        }

        @Override
        public long idleMillis() {
            return Long.MAX_VALUE;
        }
    }
}
