package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.redis.EchoService;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.OutputLimits;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The echo server in this process.
final class EchoServing implements Serving {
    private final List<Transport> transports;
    private final EventLoop loop;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    EchoServing(List<Endpoint> endpoints) throws IOException {
        transports = endpoints.stream().map(Endpoint::transport).toList();
        loop = new EventLoop(new EchoService(), OutputLimits.DEFAULT);
        for (var endpoint : endpoints) {
            loop.listen(endpoint);
        }
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
