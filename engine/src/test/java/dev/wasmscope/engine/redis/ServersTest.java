package dev.wasmscope.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The servers this program starts, as real processes.
class ServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path temporary;

    @Test
    void nativeRedisServesTcpAndUnixAndLeavesNothingBehind() throws Exception {
        var redis = NativeRedis.start(directories());
        var socket = Path.of(redis.transport("unix").orElseThrow().address());
        var pid = redis.pid().orElseThrow();

        assertThat(redis.version().atLeast(7, 0)).isTrue();
        assertThat(redis.title()).isEqualTo("native Redis " + redis.version());
        assertThat(ask(redis.transport("tcp").orElseThrow(), "SET", "k", "v")).isEqualTo("+OK");
        assertThat(ask(redis.transport("unix").orElseThrow(), "GET", "k")).isEqualTo("$1 v");
        assertThat(mode(socket)).isEqualTo("rw-------");
        assertThat(mode(socket.resolveSibling(""))).isEqualTo("rwx------");
        assertThat(ask(redis.transports().getFirst(), "CONFIG", "GET", "bind")).contains("127.0.0.1");
        redis.close();
        assertThat(socket.resolveSibling("")).doesNotExist();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void deathOfTheServerIsNoticed() throws Exception {
        try (var redis = NativeRedis.start(directories())) {
            ProcessHandle.of(redis.pid().orElseThrow()).orElseThrow().destroyForcibly();

            redis.ended().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(redis.pid()).isEmpty();
        }
    }

    @Test
    void killedParentTakesItsServersAndTheirDirectoriesWithIt() throws Exception {
        var parent = ChildJvm.start(Parent.class, List.of("-Xmx64m"), List.of(temporary.toString()));
        try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            var started = out.readLine().split(" ", -1);
            var server = ProcessHandle.of(Long.parseLong(started[0])).orElseThrow();
            var echo = ProcessHandle.of(Long.parseLong(started[1])).orElseThrow();
            var directory = Path.of(started[2]).resolveSibling("");
            assertThat(directory).isDirectory();

            parent.destroyForcibly();

            server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            echo.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitGone(directory);
        } finally {
            parent.destroyForcibly();
        }
    }

    /// Starts both servers and waits to be killed.
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            var redis = NativeRedis.start(under(Path.of(arguments[0])));
            var echo = EchoTarget.start(under(Path.of(arguments[0])));
            System.out.println(redis.pid().getAsLong() + " " + echo.pid().getAsLong() + " "
                    + redis.transport("unix").orElseThrow().address());
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    @Test
    void machineWithoutRedisFallsBackToTheEmbeddedOne() throws Exception {
        try (var redis = NativeRedis.start(directories(), List.of())) {
            assertThat(redis.origin()).isEqualTo("embedded-redis");
            assertThat(redis.version().major()).isEqualTo(6);
            assertThat(ask(redis.transports().getFirst(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void programInsideCheckRdbServesUnderTheServersName() throws Exception {
        var tools = Path.of("/usr/bin/redis-check-rdb");
        assumeThat(tools).exists();
        var path = Files.createDirectory(temporary.resolve("bin"));
        Files.createSymbolicLink(path.resolve("redis-check-rdb"), tools);

        try (var redis = NativeRedis.start(directories(), List.of(path))) {
            assertThat(redis.origin()).isEqualTo("redis-check-rdb");
            assertThat(ask(redis.transports().getFirst(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void tooOldAnInstalledServerIsPassedOver() throws Exception {
        var path = Files.createDirectory(temporary.resolve("bin"));
        var old = Files.writeString(path.resolve("redis-server"), "#!/bin/sh\necho 'Redis server v=5.0.14 sha=0'\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx------"));

        var found = RedisBinary.find(List.of(path), temporary, directories().cache());

        assertThat(found.origin()).isEqualTo("embedded-redis");
    }

    @Test
    void serverThatDiesAtOnceIsReportedWithItsLastWords() throws Exception {
        var path = Files.createDirectory(temporary.resolve("bin"));
        var broken = Files.writeString(
                path.resolve("redis-server"),
                "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Redis server v=7.9.9' && exit\necho 'no memory for this'\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> NativeRedis.start(directories(), List.of(path)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not start: no memory for this");
        try (var left = Files.list(directories().runtime())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void echoServerAnswersOverTcpAndUnix() throws Exception {
        try (var echo = EchoTarget.start(directories())) {
            for (var transport : echo.transports()) {
                assertThat(ask(transport, "PING")).isEqualTo("+PONG");
                assertThat(ask(transport, "ping", "x")).isEqualTo("$1 x");
                assertThat(ask(transport, "ECHO", "a\r\nb")).isEqualTo("$4 a b");
                assertThat(ask(transport, "SET", "k", "x".repeat(300_000))).isEqualTo("+OK");
                assertThat(ask(transport, "GET", "other")).hasSize(300_000 + 8);
                assertThat(ask(transport, "CLIENT", "SETNAME", "x")).isEqualTo("+OK");
                assertThat(ask(transport, "HELLO", "3")).contains("echo");
                assertThat(ask(transport, "ECHO")).startsWith("-ERR");
            }
            assertPipelined(echo);
        }
    }

    private static void assertPipelined(RedisTarget target) throws IOException {
        try (var connection = target.transports().getFirst().connect(PATIENCE)) {
            var request = RespEncoder.command("ECHO", "0123456789");
            var all = ByteBuffer.allocate(request.length * 10_000);
            while (all.hasRemaining()) {
                all.put(request);
            }
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    connection.write(all.flip());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var reader = new RespReader(connection, RespLimits.DEFAULT);
            for (var i = 0; i < 10_000; i++) {
                assertThat(((RespValue.Bulk) reader.read(PATIENCE)).utf8()).isEqualTo("0123456789");
            }
            assertThat(sender.isAlive()).isFalse();
        }
    }

    @Test
    void nonsenseEndsOnlyTheSessionOfItsClient() throws Exception {
        try (var echo = EchoTarget.start(directories())) {
            var transport = echo.transports().getFirst();
            for (var nonsense :
                    List.of("GET / HTTP/1.1\r\n\r\n", "*1\r\n$99999999999\r\n", "*-1\r\n", "*9999999\r\n")) {
                try (var connection = transport.connect(PATIENCE)) {
                    connection.write(ByteBuffer.wrap(nonsense.getBytes(StandardCharsets.US_ASCII)));
                    assertThat(connection.read(ByteBuffer.allocate(8), PATIENCE))
                            .isEqualTo(-1);
                }
            }
            assertThat(ask(transport, "PING")).isEqualTo("+PONG");
        }
    }

    private static String ask(Transport transport, String... command) throws IOException {
        try (var connection = transport.connect(PATIENCE)) {
            connection.write(ByteBuffer.wrap(RespEncoder.command(command)));
            var value = new RespReader(connection, RespLimits.DEFAULT).read(PATIENCE);
            return new String(RespEncoder.value(value), StandardCharsets.UTF_8)
                    .strip()
                    .replace("\r\n", " ");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void awaitGone(Path directory) throws InterruptedException {
        for (var i = 0; i < 200 && Files.exists(directory); i++) {
            Thread.sleep(20);
        }
        assertThat(directory).doesNotExist();
    }

    private Directories directories() {
        return under(temporary);
    }

    private static Directories under(Path base) {
        return new Directories(
                base.resolve("config"), base.resolve("state"), base.resolve("cache"), base.resolve("run"));
    }
}
