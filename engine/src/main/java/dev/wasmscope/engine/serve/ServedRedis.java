package dev.wasmscope.engine.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.JitFlags;
import dev.wasmscope.engine.platform.LeashedProcess;
import dev.wasmscope.engine.platform.PrivateDirectory;
import dev.wasmscope.engine.redis.wasm.RedisInWasm;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.UnixTransport;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.Transports;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/// Redis in Wasm in a process of its own, over loopback and a private Unix socket: what is measured, and what the
/// console attaches to. It ends with this process, whatever ends this process.
public final class ServedRedis implements RedisInWasm, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String INSPECTION = "inspect.sock";

    private final LeashedProcess process;
    private final Path directory;
    private final List<Transport> transports;

    private ServedRedis(LeashedProcess process, Path directory, List<Transport> transports) {
        this.process = process;
        this.directory = directory;
        this.transports = transports;
    }

    /// Starts the process and waits until it serves: seconds.
    public static ServedRedis start(Directories directories) throws IOException {
        return start(directories, WaitStrategy.ADAPTIVE);
    }

    /// @param strategy what the server does while its rings are empty
    public static ServedRedis start(Directories directories, WaitStrategy strategy) throws IOException {
        var directory = PrivateDirectory.create(directories, "serve-");
        var socket = directory.resolve("redis.sock");
        var options = new ArrayList<>(List.of("-Xmx2g", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        options.addAll(JitFlags.FOR_GUESTS);
        var arguments = new ArrayList<>(List.of(
                "--tcp",
                "127.0.0.1:0",
                "--unix",
                socket.toString(),
                "--inspect",
                directory.resolve(INSPECTION).toString(),
                "--json"));
        if (SharedMemoryTransport.available()) {
            arguments.addAll(List.of("--shm", strategy.id()));
        }
        var process = LeashedProcess.start(
                ChildJvm.command(ServeMain.class, options, arguments), directory, "redis-in-wasm-log");
        try {
            var port = port(process);
            return new ServedRedis(process, directory, Transports.local(port, socket));
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    private static int port(LeashedProcess process) throws IOException {
        try {
            var line = process.awaitLine(l -> l.startsWith("{"), PATIENCE);
            if (line.isEmpty()) {
                var said = process.lastLines();
                throw new IOException("Redis in Wasm did not start: %s"
                        .formatted(said.isEmpty() ? "it said nothing." : said.getLast()));
            }
            var address = new ObjectMapper().readTree(line.get()).path("tcp").asText();
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        } catch (JsonProcessingException | NumberFormatException e) {
            throw new IOException("Redis in Wasm did not say where it listens.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Starting Redis in Wasm was cancelled.", e);
        }
    }

    @Override
    public List<Transport> transports() {
        return transports;
    }

    /// Of the server; empty when it has ended.
    public OptionalLong pid() {
        return process.pid();
    }

    /// The way to look into the process; `docs/inspection.md` says what it answers.
    public Transport inspection() {
        return new UnixTransport(directory().resolve(INSPECTION));
    }

    /// Where its sockets are: nobody else's.
    Path directory() {
        return directory;
    }

    /// The last lines of its log.
    public List<String> log() {
        return process.lastLines();
    }

    /// Completes when the server has ended, for whatever reason.
    public CompletionStage<Void> ended() {
        return process.ended();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
