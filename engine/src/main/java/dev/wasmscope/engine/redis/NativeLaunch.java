package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.LeashedProcess;
import dev.wasmscope.engine.platform.PrivateDirectory;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.UnixTransport;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a native redis-server is to be started with.
///
/// @param path directories to look for Redis in
/// @param port 0: none; empty: any free one
/// @param socket empty: one in a private directory
/// @param rdb data to begin with
/// @param more options
/// @param sharedMemory how the thread for shared memory waits; empty: without such a thread
record NativeLaunch(
        List<Path> path,
        OptionalInt port,
        Optional<Path> socket,
        Optional<Path> rdb,
        List<String> more,
        Optional<WaitStrategy> sharedMemory) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 3;

    /// On any port, with shared memory.
    static NativeLaunch usual() {
        return new NativeLaunch(
                RedisBinary.usualPath(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(WaitStrategy.ADAPTIVE));
    }

    NativeLaunch in(List<Path> directories) {
        return new NativeLaunch(directories, port, socket, rdb, more, sharedMemory);
    }

    NativeLaunch at(int givenPort, Optional<Path> givenSocket) {
        return new NativeLaunch(path, OptionalInt.of(givenPort), givenSocket, rdb, more, sharedMemory);
    }

    NativeLaunch with(Optional<Path> data, List<String> options) {
        return new NativeLaunch(path, port, socket, data, options, sharedMemory);
    }

    NativeLaunch waiting(Optional<WaitStrategy> strategy) {
        return new NativeLaunch(path, port, socket, rdb, more, strategy);
    }

    /// A server that serves.
    ///
    /// @param refusal why it offers no shared memory, a sentence
    record Running(RedisBinary binary, LeashedProcess process, List<Transport> transports, Optional<String> refusal) {}

    /// Starts it and waits until it serves.
    ///
    /// @throws IOException when there is no Redis here or it does not start; says what to do
    Running start(Directories directories) throws IOException {
        var plan = this;
        var refusal = Optional.<String>empty();
        for (var attempt = 1; ; attempt++) {
            switch (plan.attempt(directories)) {
                case Attempt.Serves(var running) -> {
                    return refusal.isEmpty()
                            ? running
                            : new Running(running.binary(), running.process(), running.transports(), refusal);
                }
                case Attempt.Silent(var log) -> {
                    var module = log.stream()
                            .filter(line -> line.contains("redis-shm") || line.contains("Can't load module"))
                            .findFirst();
                    if (plan.sharedMemory.isPresent() && module.isPresent()) {
                        refusal = Optional.of("Redis does not load the module for shared memory: " + module.get());
                        plan = plan.waiting(Optional.empty());
                    } else if (attempt >= ATTEMPTS || port.isPresent() || !taken(log)) {
                        throw silent(log);
                    }
                }
            }
        }
    }

    private sealed interface Attempt {
        record Serves(Running running) implements Attempt {}

        record Silent(List<String> log) implements Attempt {}
    }

    private Attempt attempt(Directories directories) throws IOException {
        var directory = PrivateDirectory.create(directories, "redis-");
        var binary = RedisBinary.find(path, directory, directories.cache());
        var number = port.isPresent() ? port.getAsInt() : NativeRedis.freePort();
        var unix = new UnixTransport(socket.orElse(directory.resolve("redis.sock")));
        if (rdb.isPresent()) {
            Files.copy(rdb.get(), directory.resolve("dump.rdb"));
        }
        var module = sharedMemory.isEmpty()
                ? new RingModule.Missing("It was started without shared memory.")
                : RingModule.prepare(binary.version(), directory, sharedMemory.get());
        var command = new ArrayList<>(command(binary, number, unix.path(), directory));
        command.addAll(more);
        command.addAll(module.serverOptions());
        var process = LeashedProcess.start(command, directory, "native-redis-log");
        if (!ready(process)) {
            var log = process.lastLines();
            process.close();
            return new Attempt.Silent(log);
        }
        var transports = new ArrayList<Transport>();
        if (number != 0) {
            transports.add(TcpTransport.plain("127.0.0.1", number));
        }
        transports.add(unix);
        var refusal = Optional.<String>empty();
        switch (module) {
            case RingModule.Ready _ -> transports.add(new SharedMemoryTransport(unix));
            case RingModule.Missing(var why) -> refusal = Optional.of(why);
        }
        return new Attempt.Serves(new Running(binary, process, List.copyOf(transports), refusal));
    }

    private static boolean taken(List<String> log) {
        return log.stream().anyMatch(line -> line.contains("already in use"));
    }

    private static IOException silent(List<String> log) {
        var problem =
                log.stream().filter(line -> line.contains("already in use")).findFirst();
        return new IOException("The native Redis did not start: %s"
                .formatted(problem.orElse(log.isEmpty() ? "it said nothing." : log.getLast())));
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
}
