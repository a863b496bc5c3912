package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// The native redis-server as a child of this process, on an address and a socket of its own choice.
final class NativeServing implements Serving {
    private final NativeRedis redis;
    private volatile boolean closing;

    NativeServing(Directories directories) throws IOException {
        redis = NativeRedis.start(directories);
    }

    @Override
    public List<Transport> transports() {
        return redis.transports();
    }

    @Override
    public CompletionStage<Void> ended() {
        return redis.ended().thenRun(() -> {
            if (!closing) {
                throw new CompletionException(new IOException("The native Redis has ended."));
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        try {
            redis.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
