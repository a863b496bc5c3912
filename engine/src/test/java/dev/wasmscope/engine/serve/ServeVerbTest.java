package dev.wasmscope.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.transport.TcpEndpoint;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.UnixTransport;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The verb in processes of its own, with the programs that people use against it.
class ServeVerbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    @Test
    void redisInWasmServesRedisCliAndEndsOnSigterm() throws Exception {
        assumeThat(RedisModule.present()).isTrue();
        var socket = ownDirectory().resolve("s");
        var process = serve("--tcp", "127.0.0.1:0", "--unix", socket.toString(), "--password", "secret", "--json");
        try (var out = output(process)) {
            var said = new ObjectMapper().readTree(out.readLine());
            var port = said.path("tcp").asText().replaceAll(".*:", "");

            assertThat(said.path("target").asText()).isEqualTo("wasm");
            assertThat(said.path("pid").asLong()).isEqualTo(process.pid());
            assertThat(ask(new UnixTransport(socket), "PING")).startsWith("-NOAUTH");
            assumeThat(Path.of("/usr/bin/redis-cli")).exists();
            assertThat(run("redis-cli", "-p", port, "-a", "secret", "--no-auth-warning", "SET", "hello", "world"))
                    .isEqualTo("OK");
            assertThat(run("redis-cli", "-s", socket.toString(), "-a", "secret", "--no-auth-warning", "GET", "hello"))
                    .isEqualTo("world");

            process.destroy();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(socket).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void redisBenchmarkRunsUnchanged() throws Exception {
        assumeThat(RedisModule.present()).isTrue();
        assumeThat(Path.of("/usr/bin/redis-benchmark")).exists();
        try (var redis = ServedRedis.start(directories())) {
            var port = redis.transport("tcp").orElseThrow().address().replaceAll(".*:", "");

            var table = run("redis-benchmark", "-p", port, "-n", "500", "-c", "20", "--csv");

            assertThat(table).contains("\"PING_INLINE\"", "\"LRANGE_600", "\"MSET (10 keys)\"");
            assertThat(table).doesNotContain("rror");
        }
    }

    @Test
    void processOfRedisInWasmEndsWithItsOwner() throws Exception {
        assumeThat(RedisModule.present()).isTrue();
        var redis = ServedRedis.start(directories());
        var server = ProcessHandle.of(redis.pid().orElseThrow()).orElseThrow();
        assertThat(ask(redis.transport("unix").orElseThrow(), "SET", "k", "v")).isEqualTo("+OK");

        redis.close();

        server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(redis.directory()).doesNotExist();
    }

    @Test
    void processIsLookedIntoThroughItsPrivateSocket() throws Exception {
        assumeThat(RedisModule.present()).isTrue();
        try (var redis = ServedRedis.start(directories());
                var inspector = redis.inspection().connect(PATIENCE)) {
            var mode = Files.getPosixFilePermissions(Path.of(redis.inspection().address()));
            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
            assertThat(ask(inspector, "STATUS")).startsWith("*8 $7 clients :0 $5 pages :");

            assertThat(ask(redis.transports().getFirst(), "SET", "needle", "haystack"))
                    .isEqualTo("+OK");

            assertThat(ask(inspector, "CALLS", "0", "0")).matches("\\*1 \\*6 :1 :\\d+ :\\d+ :\\d+ :\\d+ :\\d+");
            assertThat(memory(inspector)).contains("haystack");
            assertThat(ask(inspector, "READ", "99999999999", "1"))
                    .startsWith("-ERR")
                    .contains("reach over");
            assertThat(ask(inspector, "READ", "0", "99999999999")).contains("at most 1048576 bytes");
            assertThat(ask(inspector, "READ", "x", "1")).isEqualTo("-ERR 'x' is no number");
            assertThat(ask(inspector, "READ")).isEqualTo("-ERR READ takes two numbers");
            assertThat(ask(inspector, "FLUSHALL")).isEqualTo("-ERR unknown command 'FLUSHALL'");
        }
    }

    private static String memory(Connection inspector) throws IOException {
        var pages = Long.parseLong(ask(inspector, "STATUS").replaceAll(".*pages :(\\d+).*", "$1"));
        var all = new StringBuilder();
        for (long at = 0; at < pages * 65_536; at += 1 << 20) {
            var length = Math.min(1 << 20, pages * 65_536 - at);
            inspector.write(ByteBuffer.wrap(RespEncoder.command("READ", Long.toString(at), Long.toString(length))));
            var bytes = (RespValue.Bulk) new RespReader(inspector, RespLimits.DEFAULT).read(PATIENCE);
            all.append(new String(bytes.bytes(), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    @Test
    void echoServerServesTheAddressGiven() throws Exception {
        var process = serve("--target", "echo", "--tcp", "127.0.0.1:0");
        try (var out = output(process)) {
            var line = out.readLine();
            assertThat(line).startsWith("The echo server listens on 127.0.0.1:");
            var port = Integer.parseInt(line.replaceAll(".*:", ""));
            assertThat(ask(TcpTransport.plain("127.0.0.1", port), "ECHO", "x")).isEqualTo("$1 x");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nativeRedisServesTheAddressesGiven() throws Exception {
        assumeThat(Path.of("/usr/bin/redis-server")).exists();
        var socket = ownDirectory().resolve("s");
        var process = serve("--target", "native", "--tcp", "127.0.0.1:0", "--unix", socket.toString(), "--json");
        try (var out = output(process)) {
            var said = new ObjectMapper().readTree(out.readLine());
            var port = Integer.parseInt(said.path("tcp").asText().replaceAll(".*:", ""));
            assertThat(said.path("unix").asText()).isEqualTo(socket.toString());
            assertThat(ask(TcpTransport.plain("127.0.0.1", port), "PING")).isEqualTo("+PONG");
            assertThat(ask(new UnixTransport(socket), "PING")).isEqualTo("+PONG");
            process.destroy();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(socket).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void takenPortIsSaidAndFails() throws Exception {
        try (var taken = new TcpEndpoint(0)) {
            var said = new ByteArrayOutputStream();

            var code = run(said, "--target", "echo", "--tcp", "127.0.0.1:" + taken.port());

            assertThat(code).isEqualTo(VerbLine.FAILED);
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("cannot be listened on", "Choose another one");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --tcp 0.0.0.0:0                        | can be reached from other machines
            --tcp 127.0.0.1:99999                  | takes HOST:PORT
            --tcp nonsense                         | takes HOST:PORT
            --target redis                         | --target takes wasm, echo, native, not redis
            --target echo --journal x              | are for --target wasm
            --target native --tcp 127.0.0.2:0      | listens on 127.0.0.1 only
            --fsync sometimes                      | --fsync takes always, everysec, no
            --clock slow                           | --clock takes wall, logical
            --timeout 0                            | --timeout takes 1 to 3600
            --journal j --journal-keep 0           | takes all, or 1 or more images, not 0
            --journal j --journal-keep some        | takes all, or 1 or more images, not some
            --journal j --journal-image 0          | --journal-image takes 1 to
            --journal-keep 3                       | need --journal FILE
            --nothing                              | Unknown option
            """)
    void wrongOptionIsAUsageErrorThatSaysWhatIsRight(String line, String sentence) {
        var said = new ByteArrayOutputStream();

        assertThat(run(said, line.split(" +", -1))).isEqualTo(VerbLine.USAGE);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(sentence);
    }

    private static int run(ByteArrayOutputStream said, String... arguments) {
        var errors = new PrintStream(said, true, StandardCharsets.UTF_8);
        var terminal = new Verb.Terminal(new ByteArrayInputStream(new byte[0]), errors, errors);
        return new ServeVerb().run(List.of(arguments), terminal);
    }

    private static Process serve(String... arguments) throws IOException {
        return ChildJvm.start(ServeMain.class, List.of("-Djava.awt.headless=true"), List.of(arguments));
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String run(String... command) throws Exception {
        var all = new ArrayList<>(List.of("timeout", Long.toString(PATIENCE.toSeconds())));
        all.addAll(List.of(command));
        var process = new ProcessBuilder(all).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    private static String ask(Transport transport, String... command) throws IOException {
        try (var connection = transport.connect(PATIENCE)) {
            return ask(connection, command);
        }
    }

    private static String ask(Connection connection, String... command) throws IOException {
        connection.write(ByteBuffer.wrap(RespEncoder.command(command)));
        RespValue value = new RespReader(connection, RespLimits.DEFAULT).read(PATIENCE);
        return new String(RespEncoder.value(value), StandardCharsets.UTF_8)
                .strip()
                .replace("\r\n", " ");
    }

    private Path ownDirectory() throws IOException {
        return Files.createTempDirectory(
                temporary, "s", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private Directories directories() {
        return new Directories(
                temporary.resolve("config"),
                temporary.resolve("state"),
                temporary.resolve("cache"),
                temporary.resolve("run"));
    }
}
