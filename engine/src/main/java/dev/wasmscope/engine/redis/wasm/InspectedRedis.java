package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.platform.Completions;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.OwnedMemory;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiTrace;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.OutputLimits;
import dev.wasmscope.engine.transport.shm.SharedMemoryServer;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A Redis in Wasm of this process that one talks to and looks into at once: a server with an in-process transport,
/// and a session whose steps are the requests.
///
/// It is looked at only. Its state follows from its inputs, so its memory is not edited, its exports are not called
/// one by one, and nothing is undone.
public final class InspectedRedis implements Session, RedisInWasm {
    private static final String NAME = "redis.wasm";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String CLOSED = "Redis in Wasm was closed.";

    private final ModuleSource module;
    private final SessionInfo info;
    private final CompletableFuture<Running> started = new CompletableFuture<>();
    private final Completions completions = new Completions("redis.wasm answer");
    private final Map<Long, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong questions = new AtomicLong();
    private volatile @Nullable SessionException ended;

    private record Running(
            WasmRedis redis,
            WasmRedisService clients,
            EventLoop loop,
            WatchedService service,
            OwnedMemory memory,
            List<Transport> transports) {}

    private InspectedRedis(ModuleSource module, SessionInfo info) {
        this.module = module;
        this.info = info;
    }

    /// Starts it and waits until it serves: seconds where nothing is compiled yet.
    ///
    /// @param options with tracked memory
    /// @throws WasmRedisException when it cannot be started
    /// @throws IOException when its loop cannot be
    public static InspectedRedis start(WasmRedisOptions options, WasmRuntime runtime) throws IOException {
        var module = RedisModule.load();
        var info = new SessionInfo(
                "redis-" + COUNT.incrementAndGet(),
                NAME,
                runtime.id(),
                Placement.IN_PROCESS,
                options.memory(),
                options.limits(),
                exports(module));
        var redis = new InspectedRedis(module, info);
        WasmRedis.thread("redis in wasm", () -> redis.serve(options, runtime)).start();
        WasmRedisServer.await(redis.started);
        return redis;
    }

    private static List<ExportInfo> exports(ModuleSource module) {
        try {
            return ModuleReader.read(module.bytes()).exports().stream()
                    .map(e -> new ExportInfo(e.name(), e.kind(), e.index(), Optional.empty()))
                    .toList();
        } catch (MalformedModuleException e) {
            throw new WasmRedisException("redis.wasm cannot be read: " + e.getMessage(), e);
        }
    }

    private void serve(WasmRedisOptions options, WasmRuntime runtime) {
        var why = CLOSED;
        try (var redis = WasmRedis.open(options, runtime)) {
            var memory = redis.memory();
            var clients = new WasmRedisService(redis, ClockMode.WALL);
            var service = new WatchedService(clients, memory);
            try (var loop = new EventLoop(service, OutputLimits.DEFAULT)) {
                clients.whenExited(this::close);
                started.complete(new Running(redis, clients, loop, service, memory, transports(loop, service)));
                loop.run();
            }
        } catch (IOException | RuntimeException | Error e) {
            started.completeExceptionally(e);
            why = String.valueOf(e.getMessage());
        } finally {
            end(why);
        }
    }

    /// Also through rings: from this process to itself, to watch them.
    private static List<Transport> transports(EventLoop loop, WatchedService service) throws IOException {
        var all = new ArrayList<Transport>(List.of(loop.inProcess()));
        if (SharedMemoryTransport.available()) {
            var rings = SharedMemoryServer.join(loop, service, WaitStrategy.ADAPTIVE);
            all.add(new SharedMemoryTransport(loop.inProcess(rings)));
        }
        return List.copyOf(all);
    }

    private void end(String why) {
        var sentence = new SessionException(why);
        ended = sentence;
        waiting.values().forEach(answer -> answer.completeExceptionally(sentence));
    }

    private Running running() {
        return started.join();
    }

    /// What it runs.
    public ModuleSource module() {
        return module;
    }

    public boolean alive() {
        return ended == null;
    }

    /// So far; never blocks.
    public RedisWork work() {
        return running().service.work();
    }

    @Override
    public List<Transport> transports() {
        return running().transports;
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public SessionStatus status() {
        var work = work();
        return new SessionStatus(
                phase(), work.requests(), false, 0, List.of(work.pages()), new SessionStatus.OutputSizes(0, 0));
    }

    private SessionStatus.Phase phase() {
        var why = ended;
        if (why != null) {
            return new SessionStatus.Phase.Closed(Optional.ofNullable(why.getMessage()));
        }
        var since = running().service.since();
        return since == 0
                ? new SessionStatus.Phase.Idle()
                : new SessionStatus.Phase.Running("redis_handle", Duration.ofNanos(System.nanoTime() - since));
    }

    @Override
    public CompletableFuture<CallOutcome> call(CallRequest request) {
        return CompletableFuture.completedFuture(new CallOutcome.Rejected(
                "Redis in Wasm is driven by commands: type one in the Redis console. Open the file redis.wasm to call %s yourself."
                        .formatted(request.export())));
    }

    /// Requests end by themselves, or by the deadline of [WasmRedisOptions#limits()].
    @Override
    public void stop() {}

    @Override
    public CompletableFuture<MemoryCopy> read(int memory, long address, int length) {
        if (memory != 0) {
            return CompletableFuture.failedFuture(
                    new IndexOutOfBoundsException("There is no memory %d; the module has 1.".formatted(memory)));
        }
        if (running().service.since() != 0) {
            return live(address, length);
        }
        return ask(() -> new MemoryCopy(
                0,
                address,
                running().memory.read(address, length),
                running().service.work().requests(),
                false));
    }

    private CompletableFuture<MemoryCopy> live(long address, int length) {
        try {
            if (length < 0) {
                throw new IndexOutOfBoundsException("%d bytes cannot be read.".formatted(length));
            }
            if (address < 0 || address + length > running().memory.pages() * 65_536L) {
                throw new IndexOutOfBoundsException("The range 0x%x+%d leaves the memory.".formatted(address, length));
            }
            var copy = new byte[length];
            running().memory.live().read(address, copy, 0, length);
            return CompletableFuture.completedFuture(
                    new MemoryCopy(0, address, copy, running().service.work().requests(), true));
        } catch (IndexOutOfBoundsException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Lets the owner's thread answer, between two requests.
    private <T> CompletableFuture<T> ask(Supplier<T> look) {
        var answer = new CompletableFuture<T>();
        var number = questions.incrementAndGet();
        waiting.put(number, answer);
        running().loop.execute(() -> {
            try {
                var value = look.get();
                completions.run(() -> answer.complete(value));
            } catch (RuntimeException e) {
                completions.run(() -> answer.completeExceptionally(e));
            }
        });
        var over = ended;
        if (over != null) {
            answer.completeExceptionally(over);
        }
        return answer.whenComplete((_, _) -> waiting.remove(number));
    }

    @Override
    public CompletableFuture<List<ChangedRange>> write(int memory, long address, byte[] bytes) {
        return CompletableFuture.failedFuture(new SessionException(
                "The memory of Redis in Wasm is only looked at: commands change it, and nothing else may."));
    }

    @Override
    public CompletableFuture<Changes> lastChanges(int memory, int most) {
        var last = running().service.changes();
        var few = last.ranges().subList(0, Math.min(most, last.ranges().size()));
        return CompletableFuture.completedFuture(new Changes(last.epoch(), few, last.total(), last.bytes()));
    }

    @Override
    public CompletableFuture<UndoOutcome> undo() {
        return CompletableFuture.completedFuture(new UndoOutcome.NothingToUndo(
                "A command of Redis in Wasm cannot be undone. Send one that takes it back, such as DEL."));
    }

    @Override
    public CompletableFuture<List<GlobalValue>> globals() {
        return ask(() -> running().redis.globals());
    }

    /// All data as one of Redis's own .rdb files, which native Redis loads.
    ///
    /// @return fails with a [WasmRedisException] that has what Redis says
    public CompletableFuture<byte[]> dump() {
        return ask(() -> Dumps.take(running().redis, Optional.empty(), running().clients));
    }

    /// Replaces all data by that of an .rdb file. One that is no such file, too new or damaged is refused before
    /// anything is given up.
    ///
    /// @return fails with a [WasmRedisException] that says why it is not loaded
    public CompletableFuture<Boolean> load(byte[] rdb) {
        return ask(() -> {
            Rdb.check(rdb);
            Dumps.load(running().redis, rdb, Optional.empty());
            return true;
        });
    }

    /// Redis prints nothing: its log is in its memory.
    @Override
    public OutputCopy output(OutputStreamName stream, long from) {
        return new OutputCopy(0, new byte[0]);
    }

    /// Without effect: the module has no imports.
    @Override
    public void traceWasi(boolean on) {}

    @Override
    public WasiTrace wasiCalls(long from) {
        return new WasiTrace(1, List.of());
    }

    /// Ends the server and its clients, and waits for that.
    @Override
    public void close() {
        // Clients learn of the end before it is there: who connects anew at once must not find this one.
        ended = new SessionException(CLOSED);
        running().loop.close();
    }
}
