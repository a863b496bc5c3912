package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.LeashedProcess;
import dev.wasmscope.engine.platform.PrivateDirectory;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.UnixTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/// A native redis-server of our own: loopback and a socket of mode 0600 in a private directory, nothing on the disk.
/// It ends with this process, whatever ends this process.
public final class NativeRedis implements RedisTarget, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 3;

    private final RedisBinary binary;
    private final LeashedProcess process;
    private final List<Transport> transports;

    private NativeRedis(RedisBinary binary, LeashedProcess process, List<Transport> transports) {
        this.binary = binary;
        this.process = process;
        this.transports = transports;
    }

    /// Starts one and waits until it serves; about 100 ms.
    ///
    /// @throws IOException when there is no Redis here or it does not start; says what to do
    public static NativeRedis start(Directories directories) throws IOException {
        return start(directories, RedisBinary.usualPath());
    }

    /// One that begins with the data of a file, and allows DEBUG.
    ///
    /// @param rdb empty: with none
    public static NativeRedis start(Directories directories, Optional<Path> rdb) throws IOException {
        return start(
                directories, RedisBinary.usualPath(), new Beginning(rdb, List.of("--enable-debug-command", "local")));
    }

    /// @param more options
    private record Beginning(Optional<Path> rdb, List<String> more) {}

    /// One of Redis's programs on this machine: `redis-benchmark`, `redis-cli`.
    public static Optional<Path> program(String name) {
        return RedisBinary.usualPath().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts one where it is told.
    ///
    /// @param port 0: none
    /// @param socket empty: one in a private directory
    /// @throws IOException when there is no Redis here or it does not start; says what to do
    public static NativeRedis start(Directories directories, int port, Optional<Path> socket) throws IOException {
        var directory = PrivateDirectory.create(directories, "redis-");
        var binary = RedisBinary.find(RedisBinary.usualPath(), directory, directories.cache());
        var path = socket.orElse(directory.resolve("redis.sock"));
        var process = LeashedProcess.start(command(binary, port, path, directory), directory, "native-redis-log");
        if (!ready(process)) {
            var log = process.lastLines();
            process.close();
            throw silent(log);
        }
        var transports = new ArrayList<Transport>();
        if (port != 0) {
            transports.add(TcpTransport.plain("127.0.0.1", port));
        }
        transports.add(new UnixTransport(path));
        return new NativeRedis(binary, process, List.copyOf(transports));
    }

    private static IOException silent(List<String> log) {
        var problem =
                log.stream().filter(line -> line.contains("already in use")).findFirst();
        return new IOException("The native Redis did not start: %s"
                .formatted(problem.orElse(log.isEmpty() ? "it said nothing." : log.getLast())));
    }

    static NativeRedis start(Directories directories, List<Path> path) throws IOException {
        return start(directories, path, new Beginning(Optional.empty(), List.of()));
    }

    private static NativeRedis start(Directories directories, List<Path> path, Beginning beginning) throws IOException {
        var log = List.<String>of();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var directory = PrivateDirectory.create(directories, "redis-");
            var binary = RedisBinary.find(path, directory, directories.cache());
            var port = freePort();
            var socket = directory.resolve("redis.sock");
            if (beginning.rdb().isPresent()) {
                Files.copy(beginning.rdb().get(), directory.resolve("dump.rdb"));
            }
            var command = new ArrayList<>(command(binary, port, socket, directory));
            command.addAll(beginning.more());
            var process = LeashedProcess.start(command, directory, "native-redis-log");
            if (ready(process)) {
                return new NativeRedis(
                        binary, process, List.of(TcpTransport.plain("127.0.0.1", port), new UnixTransport(socket)));
            }
            log = process.lastLines();
            process.close();
            // Between finding a free port and its use somebody else may have taken it.
            if (log.stream().noneMatch(line -> line.contains("already in use"))) {
                break;
            }
        }
        throw silent(log);
    }

    private static boolean ready(LeashedProcess process) throws IOException {
        try {
            return process.awaitLine(line -> line.contains("eady to accept connections"), PATIENCE)
                    .isPresent();
        } catch (InterruptedException e) {
            process.close();
            Thread.currentThread().interrupt();
            throw new IOException("Starting the native Redis was cancelled.", e);
        }
    }

    /// A port of 127.0.0.1 that nobody listens on now.
    public static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return probe.getLocalPort();
        }
    }

    private static List<String> command(RedisBinary binary, int port, Path socket, Path directory) {
        return List.of(
                binary.executable().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--protected-mode",
                "yes",
                "--unixsocket",
                socket.toString(),
                "--unixsocketperm",
                "600",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                directory.toString(),
                "--daemonize",
                "no",
                "--always-show-logo",
                "no");
    }

    @Override
    public String id() {
        return "native";
    }

    @Override
    public String title() {
        return "native Redis " + binary.version();
    }

    @Override
    public List<Transport> transports() {
        return transports;
    }

    public RedisVersion version() {
        return binary.version();
    }

    /// Where the program came from: `installed`, `redis-check-rdb`, `embedded-redis`.
    public String origin() {
        return binary.origin();
    }

    /// Of the server; empty when it has ended.
    public OptionalLong pid() {
        return process.pid();
    }

    /// Completes when the server has ended, for whatever reason.
    public CompletionStage<Void> ended() {
        return process.ended();
    }

    /// Ends the server and waits until its directory is gone.
    @Override
    public void close() throws IOException {
        process.close();
    }
}
