package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.LeashedProcess;
import dev.wasmscope.engine.platform.PrivateDirectory;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.shm.Transports;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// A RESP echo server in a process of its own: what a transport costs when the server does nothing.
public final class EchoTarget implements RedisTarget, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LeashedProcess process;
    private final List<Transport> transports;

    private EchoTarget(LeashedProcess process, List<Transport> transports) {
        this.process = process;
        this.transports = transports;
    }

    /// Starts the process and waits until it serves.
    public static EchoTarget start(Directories directories) throws IOException {
        return start(directories, WaitStrategy.ADAPTIVE);
    }

    /// @param strategy what the server does while its rings are empty
    public static EchoTarget start(Directories directories, WaitStrategy strategy) throws IOException {
        var directory = PrivateDirectory.create(directories, "echo-");
        var socket = directory.resolve("echo.sock");
        var options = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4");
        var process = LeashedProcess.start(
                ChildJvm.command(EchoServer.class, options, List.of(socket.toString(), strategy.id())),
                directory,
                "echo-log");
        var port = port(process);
        return new EchoTarget(process, Transports.local(port, socket));
    }

    private static int port(LeashedProcess process) throws IOException {
        try {
            var line = process.awaitLine(l -> l.startsWith(EchoServer.READY), PATIENCE);
            if (line.isPresent()) {
                return Integer.parseInt(line.get().substring(EchoServer.READY.length()));
            }
            var said = process.lastLines();
            process.close();
            throw new IOException("The echo server did not start: %s"
                    .formatted(said.isEmpty() ? "it said nothing." : String.join(" ", said)));
        } catch (InterruptedException e) {
            process.close();
            Thread.currentThread().interrupt();
            throw new IOException("Starting the echo server was cancelled.", e);
        }
    }

    @Override
    public String id() {
        return "echo";
    }

    @Override
    public String title() {
        return "RESP echo server";
    }

    @Override
    public List<Transport> transports() {
        return transports;
    }

    /// The last lines of its log.
    public List<String> log() {
        return process.lastLines();
    }

    /// Of the server; empty when it has ended.
    public OptionalLong pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
