package dev.wasmscope.engine.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.EchoTarget;
import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that writes what it likes into the memory: it is cut off, and another client notices nothing.
class HostileRingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path temporary;

    private static EchoTarget server;
    private Connection bystander;

    @BeforeAll
    static void start() throws IOException {
        server = EchoTarget.start(new Directories(temporary, temporary, temporary, temporary.resolve("run")));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void stand() throws IOException {
        bystander = server.transport("shm").orElseThrow().connect(PATIENCE);
    }

    @AfterEach
    void stillStands() throws IOException {
        pings(bystander);
        bystander.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x10001, Long.MIN_VALUE, Long.MAX_VALUE})
    void anImpossibleTailEndsTheConnection(long tail) throws IOException {
        try (var client = new Hostile()) {
            client.file.set(ValueLayout.JAVA_LONG, RingLayout.REQUESTS + RingLayout.TAIL, tail);
            client.ring();
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x20000, Long.MIN_VALUE, Long.MAX_VALUE})
    void anImpossibleHeadEndsTheConnection(long head) throws IOException {
        try (var client = new Hostile()) {
            client.file.set(ValueLayout.JAVA_LONG, RingLayout.REPLIES + RingLayout.HEAD, head);
            // The server looks at the head when it does not know of enough room.
            for (var i = 0; i < 12; i++) {
                client.put("*2\r\n$4\r\nECHO\r\n$8000\r\n" + "x".repeat(8000) + "\r\n");
                client.ring();
            }
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void requestsOverTheSocketBesideAnOpenRingEndTheConnection() throws IOException {
        try (var client = new Hostile()) {
            client.put("*1\r\n$4\r\nPING\r\n");
            client.ring();
            client.socket.write(ascii("*1\r\n$4\r\nPING\r\n"));
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void nonsenseInsteadOfARequestEndsTheConnection() throws IOException {
        try (var client = new Hostile()) {
            client.put("?".repeat(100));
            client.ring();
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void theFileCannotBeCutOrGrown() throws IOException {
        try (var client = new Hostile();
                var channel = FileChannel.open(client.offer.path(), StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), RingLayout.SIZE))
                    .isInstanceOf(IOException.class);
            assertThat(channel.size()).isEqualTo(RingLayout.SIZE);
        }
    }

    @Test
    void anyControlWordsLeaveTheOthersUnharmed() throws IOException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 40; round++) {
            try (var client = new Hostile()) {
                for (var word = 0; word < 40; word++) {
                    var at = random.nextInt(RingLayout.DATA / 8) * 8L;
                    client.file.set(ValueLayout.JAVA_LONG, at, random.nextLong() >> random.nextInt(64));
                }
                client.ring();
                pings(bystander);
            }
        }
        assertThat(bystander.alive()).as("seed %d", seed).isTrue();
    }

    @Test
    void aClientThatNeverOpensTheMemoryGoesOnOverTheSocket() throws IOException {
        try (var client = new Hostile(false)) {
            client.socket.write(ascii("*1\r\n$4\r\nPING\r\n"));
            assertThat(client.said(7)).isEqualTo("+PONG\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"2, speaks version 1", "x, speaks version 1"})
    void anotherVersionIsRefusedByName(String version, String reason) throws IOException {
        try (var socket = server.transport("unix").orElseThrow().connect(PATIENCE)) {
            socket.write(ascii("*2\r\n$8\r\nshm.open\r\n$1\r\n" + version + "\r\n"));
            var answer = ByteBuffer.allocate(200);
            assertThat(socket.read(answer, PATIENCE)).isPositive();
            assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
                    .startsWith("-ERR")
                    .contains(reason)
                    .endsWith("not %s\r\n".formatted(version));
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void pings(Connection client) throws IOException {
        client.write(ascii("*1\r\n$4\r\nPING\r\n"));
        var answer = ByteBuffer.allocate(7);
        while (answer.hasRemaining()) {
            assertThat(client.read(answer, PATIENCE)).isPositive();
        }
        assertThat(new String(answer.array(), StandardCharsets.US_ASCII)).isEqualTo("+PONG\r\n");
    }

    /// The protocol by hand.
    private static final class Hostile implements AutoCloseable {
        private final Connection socket;
        private final RingOffer offer;
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment file;
        private long tail;

        Hostile() throws IOException {
            this(true);
        }

        Hostile(boolean attached) throws IOException {
            socket = server.transport("unix").orElseThrow().connect(PATIENCE);
            socket.write(ByteBuffer.wrap(RingOffer.request()));
            var answer = ByteBuffer.allocate(RingOffer.LONGEST);
            RingOffer read = null;
            while (read == null) {
                assertThat(socket.read(answer, PATIENCE)).isPositive();
                read = RingOffer.read(answer.duplicate().flip());
            }
            offer = read;
            try (var channel = FileChannel.open(offer.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                file = channel.map(FileChannel.MapMode.READ_WRITE, 0, offer.size(), arena);
            }
            if (attached) {
                file.set(ValueLayout.JAVA_INT, RingLayout.CLIENT_STATE_AT, RingLayout.PRESENT);
            }
        }

        void put(String text) {
            for (var b : text.getBytes(StandardCharsets.US_ASCII)) {
                file.set(ValueLayout.JAVA_BYTE, RingLayout.DATA + (tail++ & (RingLayout.CAPACITY - 1)), b);
            }
            RingLayout.putLongRelease(file, RingLayout.REQUESTS + RingLayout.TAIL, tail);
        }

        void ring() throws IOException {
            try {
                socket.write(ByteBuffer.wrap(new byte[] {SharedMemory.BELL}));
            } catch (IOException e) {
                // It has been cut off already.
            }
        }

        String said(int length) throws IOException {
            var text = ByteBuffer.allocate(length);
            while (text.hasRemaining()) {
                assertThat(socket.read(text, PATIENCE)).isPositive();
            }
            return new String(text.array(), StandardCharsets.US_ASCII);
        }

        boolean ended() {
            try {
                return socket.read(ByteBuffer.allocate(8), PATIENCE) < 0;
            } catch (java.net.SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                // Reset: what the client still sent was not read any more.
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            arena.close();
        }
    }
}
