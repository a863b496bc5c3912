package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.redis.EchoService;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.OutputLimits;
import dev.wasmscope.engine.transport.shm.SharedMemoryServer;
import dev.wasmscope.engine.transport.shm.Transports;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The echo server in this process.
final class EchoServing implements Serving {
    private final List<Transport> transports;
    private final EventLoop loop;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    EchoServing(List<Endpoint> endpoints, Optional<WaitStrategy> sharedMemory) throws IOException {
        transports = Transports.of(endpoints, sharedMemory);
        var service = new EchoService();
        loop = new EventLoop(service, OutputLimits.DEFAULT);
        SharedMemoryServer.listen(loop, service, endpoints, sharedMemory);
        Thread.ofPlatform().daemon().name("echo").start(this::run);
    }

    private void run() {
        try {
            loop.run();
            ended.complete(null);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    @Override
    public List<Transport> transports() {
        return transports;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        loop.close();
    }
}
