package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.resp.ReplyScanner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A server with a known fault: answers every request the same, after a delay, and once stalls.
final class StubServer implements AutoCloseable {
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final String reply;
    private final Duration delay;
    private final Duration stall;
    private final long stallAt;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicReference<Duration> next = new AtomicReference<>(Duration.ZERO);

    /// @param stallAt number of the request that takes `stall` longer; 0: none
    StubServer(String reply, Duration delay, long stallAt, Duration stall) throws IOException {
        this.reply = reply;
        this.delay = delay;
        this.stallAt = stallAt;
        this.stall = stall;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("stub").start(this::acceptAll);
    }

    static StubServer answering(String reply) throws IOException {
        return new StubServer(reply, Duration.ZERO, 0, Duration.ZERO);
    }

    /// The next request takes this much longer.
    void stallNext(Duration time) {
        next.set(time);
    }

    PlannedSeries series(String name) throws IOException {
        return new PlannedSeries(name, "tcp", "127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                var client = server.accept();
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofPlatform().daemon().name("stub-client").start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(SocketChannel client) {
        var bytes = ByteBuffer.allocate(1 << 16);
        var scanner = new ReplyScanner();
        try (client) {
            while (client.read(bytes) >= 0 && server.isOpen()) {
                bytes.flip();
                for (int left = scanner.scan(bytes); left > 0; left--) {
                    LockSupport.parkNanos(delay.plus(requests.incrementAndGet() == stallAt ? stall : Duration.ZERO)
                            .plus(next.getAndSet(Duration.ZERO))
                            .toNanos());
                    client.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)));
                }
                bytes.clear();
            }
        } catch (IOException e) {
            // The client went.
        }
    }
}
