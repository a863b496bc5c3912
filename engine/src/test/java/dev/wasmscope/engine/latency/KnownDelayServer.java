package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.redis.EchoService;
import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.OutputLimits;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import dev.wasmscope.engine.transport.UnixEndpoint;
import dev.wasmscope.engine.transport.shm.SharedMemoryServer;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A process whose answers take so long and no longer: it computes in between. One socket a delay.
final class KnownDelayServer implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final List<Duration> delays;

    private KnownDelayServer(Process process, Path folder, List<Duration> delays) {
        this.process = process;
        this.folder = folder;
        this.delays = delays;
    }

    static KnownDelayServer start(Path folder, List<Duration> delays) throws IOException {
        var arguments = new ArrayList<>(List.of(folder.toString()));
        delays.forEach(d -> arguments.add(String.valueOf(d.toNanos())));
        var process = ChildJvm.start(Serving.class, List.of("-XX:+UseSerialGC"), arguments);
        var server = new KnownDelayServer(process, folder, delays);
        var said = process.inputReader().readLine();
        if (!"ready".equals(said)) {
            server.close();
            throw new IOException("The server said " + said);
        }
        return server;
    }

    /// Over shared memory, in the order of the delays.
    List<PlannedSeries> series() {
        return delays.stream()
                .map(d -> new PlannedSeries(
                        d.toNanos() / 1000 + " us",
                        "shm",
                        socket(folder, d.toNanos()).toString(),
                        OptionalLong.of(process.pid())))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static Path socket(Path folder, long nanos) {
        return folder.resolve(nanos + ".sock");
    }

    private record Delayed(PeerHandler answering, long nanos) implements PeerHandler {
        @Override
        public void received(ByteBuffer bytes) throws IOException {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < nanos) {
                Thread.onSpinWait();
            }
            answering.received(bytes);
        }

        @Override
        public void closed() {
            answering.closed();
        }
    }

    private record DelayedService(LoopService answering, long nanos) implements LoopService {
        @Override
        public PeerHandler opened(Peer peer) throws IOException {
            return new Delayed(answering.opened(peer), nanos);
        }

        @Override
        public void turn() throws IOException {
            answering.turn();
        }

        @Override
        public long idleMillis() {
            return answering.idleMillis();
        }
    }

    static final class Serving {
        private Serving() {}

        public static void main(String[] arguments) throws IOException {
            ChildJvm.endWithParent();
            var echo = new EchoService();
            try (var loop = new EventLoop(echo, OutputLimits.DEFAULT)) {
                for (int i = 1; i < arguments.length; i++) {
                    long nanos = Long.parseLong(arguments[i]);
                    var endpoint = new UnixEndpoint(socket(Path.of(arguments[0]), nanos));
                    SharedMemoryServer.listen(
                            loop, new DelayedService(echo, nanos), List.of(endpoint), Optional.of(WaitStrategy.SPIN));
                }
                System.out.println("ready");
                loop.run();
            }
        }
    }
}
