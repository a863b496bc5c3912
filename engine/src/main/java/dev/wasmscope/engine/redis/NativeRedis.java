package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/// A native redis-server of our own: loopback and a socket of mode 0600 in a private directory, nothing on the disk,
/// and shared memory where this build has the module for it. It ends with this process, whatever ends this process.
public final class NativeRedis implements RedisTarget, AutoCloseable {
    private final NativeLaunch.Running running;

    private NativeRedis(NativeLaunch.Running running) {
        this.running = running;
    }

    /// Starts one and waits until it serves; about 100 ms.
    ///
    /// @throws IOException when there is no Redis here or it does not start; says what to do
    public static NativeRedis start(Directories directories) throws IOException {
        return new NativeRedis(NativeLaunch.usual().start(directories));
    }

    /// One whose thread for shared memory waits in this way.
    public static NativeRedis start(Directories directories, WaitStrategy strategy) throws IOException {
        return new NativeRedis(
                NativeLaunch.usual().waiting(Optional.of(strategy)).start(directories));
    }

    /// One that begins with the data of a file, and allows DEBUG.
    ///
    /// @param rdb empty: with none
    public static NativeRedis start(Directories directories, Optional<Path> rdb) throws IOException {
        return new NativeRedis(NativeLaunch.usual()
                .with(rdb, List.of("--enable-debug-command", "local"))
                .start(directories));
    }

    /// Starts one where it is told.
    ///
    /// @param port 0: none
    /// @param socket empty: one in a private directory
    /// @param sharedMemory how its thread for shared memory waits; empty: without such a thread
    /// @throws IOException when there is no Redis here or it does not start; says what to do
    public static NativeRedis start(
            Directories directories, int port, Optional<Path> socket, Optional<WaitStrategy> sharedMemory)
            throws IOException {
        return new NativeRedis(
                NativeLaunch.usual().at(port, socket).waiting(sharedMemory).start(directories));
    }

    static NativeRedis start(Directories directories, List<Path> path) throws IOException {
        return new NativeRedis(NativeLaunch.usual().in(path).start(directories));
    }

    /// One of Redis's programs on this machine: `redis-benchmark`, `redis-cli`.
    public static Optional<Path> program(String name) {
        return RedisBinary.usualPath().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// A port of 127.0.0.1 that nobody listens on now.
    public static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return probe.getLocalPort();
        }
    }

    /// Why one of ours would offer no shared memory, a sentence, as far as that is known before it runs.
    public static Optional<String> knownRefusal() {
        return RingModule.refusal();
    }

    @Override
    public String id() {
        return "native";
    }

    @Override
    public String title() {
        return "native Redis " + version();
    }

    @Override
    public List<Transport> transports() {
        return running.transports();
    }

    /// Why it offers no shared memory, a sentence; empty where it does.
    public Optional<String> refusal() {
        return running.refusal();
    }

    public RedisVersion version() {
        return running.binary().version();
    }

    /// Where the program came from: `installed`, `redis-check-rdb`, `embedded-redis`.
    public String origin() {
        return running.binary().origin();
    }

    /// Of the server; empty when it has ended.
    public OptionalLong pid() {
        return running.process().pid();
    }

    /// The last lines of its log.
    public List<String> log() {
        return running.process().lastLines();
    }

    /// Completes when the server has ended, for whatever reason.
    public CompletionStage<Void> ended() {
        return running.process().ended();
    }

    /// Ends the server and waits until its directory is gone.
    @Override
    public void close() throws IOException {
        running.process().close();
    }
}
