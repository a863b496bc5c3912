package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.OutputLimits;
import dev.wasmscope.engine.transport.shm.SharedMemoryServer;
import dev.wasmscope.engine.transport.shm.Transports;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Redis in Wasm with its clients: one thread that owns the instance and serves sockets and this very process.
public final class WasmRedisServer implements RedisInWasm, AutoCloseable {
    /// For a call under way to end by itself, when the server is closed.
    private static final Duration GRACE = Duration.ofMillis(300);

    private final WasmRedis redis;
    private final EventLoop loop;
    private final List<Transport> transports;
    private final CompletableFuture<Void> ended;

    /// What runs on the owner's thread.
    private record Running(WasmRedis redis, EventLoop loop) {}

    private WasmRedisServer(Running running, List<Transport> transports, CompletableFuture<Void> ended) {
        this.redis = running.redis();
        this.loop = running.loop();
        this.transports = transports;
        this.ended = ended;
    }

    /// Starts Redis and waits until it serves: seconds where nothing is compiled yet.
    ///
    /// @param endpoints taken over, also when this fails; none where only this process wants to reach it
    /// @throws WasmRedisException when Redis cannot be started
    /// @throws IOException when the endpoints cannot be served
    public static WasmRedisServer start(Options options, WasmRuntime runtime, List<Endpoint> endpoints)
            throws IOException {
        var ready = new CompletableFuture<Running>();
        var ended = new CompletableFuture<Void>();
        WasmRedis.thread("redis-wasm", () -> serve(options, runtime, endpoints, ready, ended))
                .start();
        try {
            var running = await(ready);
            var transports = Transports.of(endpoints, options.sharedMemory());
            transports.add(running.loop().inProcess());
            return new WasmRedisServer(running, List.copyOf(transports), ended);
        } catch (IOException | RuntimeException e) {
            for (var endpoint : endpoints) {
                endpoint.close();
            }
            if (options.inspection().isPresent()) {
                options.inspection().get().close();
            }
            throw e;
        }
    }

    /// What a start on the owner's thread led to.
    ///
    /// @throws WasmRedisException when Redis cannot be started
    /// @throws IOException when its loop cannot be
    static <T> T await(CompletableFuture<T> start) throws IOException {
        try {
            return start.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case WasmRedisException refused -> throw refused;
                case IOException failed -> throw failed;
                case null, default -> throw e;
            }
        }
    }

    private static void serve(
            Options options,
            WasmRuntime runtime,
            List<Endpoint> endpoints,
            CompletableFuture<Running> ready,
            CompletableFuture<Void> ended) {
        try (var redis = WasmRedis.open(options.redis(), runtime)) {
            options.dump().ifPresent(dump -> load(redis, dump));
            var service = new WasmRedisService(redis, options.clock());
            try (var loop = new EventLoop(service, options.limits());
                    var busy = new BusyClients(redis, service, loop)) {
                service.busy(busy);
                service.whenExited(loop::close);
                SharedMemoryServer.listen(loop, service, endpoints, options.sharedMemory());
                if (options.inspection().isPresent()) {
                    loop.listen(options.inspection().get(), new Inspection(redis, service));
                }
                ready.complete(new Running(redis, loop));
                loop.run();
            }
        } catch (IOException | RuntimeException | Error e) {
            ready.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
        // Not before the journal is closed: another server may be waiting for it.
        ended.complete(null);
    }

    private static void load(WasmRedis redis, Dump dump) {
        if (redis.recovery().isPresent()) {
            throw new WasmRedisException(
                    "The journal has data already, and an import would replace it: name another journal, or leave out the import.");
        }
        Dumps.load(redis, dump.rdb(), dump.password());
        redis.commit();
    }

    /// Data to begin with.
    ///
    /// @param rdb a file that Redis has saved
    /// @param password that clients have to give, where the options ask for one
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Dump(byte[] rdb, Optional<String> password) {}

    /// @param limits of what waits for slow clients
    /// @param inspection where the server can be looked into; taken over as the others are
    /// @param sharedMemory what the server does while its rings are empty; empty where it offers none
    public record Options(
            WasmRedisOptions redis,
            ClockMode clock,
            OutputLimits limits,
            Optional<Endpoint> inspection,
            Optional<Dump> dump,
            Optional<WaitStrategy> sharedMemory) {
        public static Options of(WasmRedisOptions redis) {
            return new Options(
                    redis, ClockMode.WALL, OutputLimits.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Options withDump(Dump data) {
            return new Options(redis, clock, limits, inspection, Optional.of(data), sharedMemory);
        }

        public Options withClock(ClockMode mode) {
            return new Options(redis, mode, limits, inspection, dump, sharedMemory);
        }

        public Options withLimits(OutputLimits those) {
            return new Options(redis, clock, those, inspection, dump, sharedMemory);
        }

        public Options withInspection(Endpoint endpoint) {
            return new Options(redis, clock, limits, Optional.of(endpoint), dump, sharedMemory);
        }

        public Options withSharedMemory(Optional<WaitStrategy> strategy) {
            return new Options(redis, clock, limits, inspection, dump, strategy);
        }
    }

    /// Those of the endpoints, shared memory where it is offered, then `in-process`.
    @Override
    public List<Transport> transports() {
        return transports;
    }

    /// How it came back from its journal; empty when it began anew.
    public Optional<Recovery> recovery() {
        return redis.recovery();
    }

    /// Completes when it serves no more: normally after [#close()], else with what went wrong.
    public CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    /// Ends the clients and the endpoints, and waits until Redis has ended. A call that lasts is undone.
    @Override
    public void close() {
        Thread.ofVirtual().name("redis-wasm end").start(this::hurry);
        loop.close();
        try {
            ended.join();
        } catch (CompletionException e) {
            // Whoever wants to know asks ended().
        }
    }

    private void hurry() {
        try {
            ended.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            redis.endSoon();
        } catch (InterruptedException | ExecutionException e) {
            // It has ended, one way or another.
        }
    }
}
