package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.UnixEndpoint;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// The native redis-server as a child of this process, on loopback.
final class NativeServing implements Serving {
    private final NativeRedis redis;
    private final Addresses addresses;
    private final Optional<String> remark;
    private volatile boolean closing;

    NativeServing(Directories directories, Addresses addresses, Optional<WaitStrategy> sharedMemory)
            throws IOException {
        this.addresses = addresses;
        if (addresses.unix().isPresent()) {
            // It would take over the socket of a server that runs.
            UnixEndpoint.claim(addresses.unix().get());
        }
        redis = NativeRedis.start(directories, port(addresses), addresses.unix(), sharedMemory);
        remark = sharedMemory.flatMap(_ -> redis.refusal());
    }

    private static int port(Addresses addresses) throws IOException {
        if (addresses.tcp().isEmpty()) {
            return 0;
        }
        var asked = addresses.tcp().get().port();
        return asked == 0 ? NativeRedis.freePort() : asked;
    }

    /// Those that were asked for.
    @Override
    public List<Transport> transports() {
        return redis.transports().stream()
                .filter(transport ->
                        !transport.id().equals("unix") || addresses.unix().isPresent())
                .toList();
    }

    @Override
    public Optional<String> remark() {
        return remark;
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
            if (addresses.unix().isPresent()) {
                Files.deleteIfExists(addresses.unix().get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
