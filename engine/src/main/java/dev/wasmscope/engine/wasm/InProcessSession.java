package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiTrace;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasi.OutputRing;
import dev.wasmscope.engine.wasi.WasiModule;
import dev.wasmscope.engine.wasi.WasiTracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session whose instance lives in this process, on a thread of its own.
final class InProcessSession implements Session {
    /// What finding the instruction of a trap may take.
    private static final Duration REPLAY_TIME = Duration.ofSeconds(2);

    /// Captured output kept of each stream.
    private static final int OUTPUT_BYTES = 1 << 20;

    private final String id;
    private final SessionRequest request;
    private final WasmRuntime runtime;
    private final List<HostModule> hosts;
    private final Consumer<InProcessSession> onClosed;
    private final GuestRun guest;
    private final Steps steps;
    private final SessionThread thread;
    private final OutputRing stdout = new OutputRing(OUTPUT_BYTES);
    private final OutputRing stderr = new OutputRing(OUTPUT_BYTES);
    private final WasiTracer tracer;
    private final CompletableFuture<Session> opened;

    private volatile @Nullable SessionInfo info;
    private volatile @Nullable GuestInstance instance;
    private @Nullable WasiModule wasi;
    private volatile @Nullable SessionException closed;

    /// Starts the thread; instantiation is its first task.
    InProcessSession(
            String id,
            SessionRequest request,
            WasmRuntime runtime,
            List<HostModule> hosts,
            ScheduledExecutorService deadlines,
            Consumer<InProcessSession> onClosed) {
        this.id = id;
        this.request = request;
        this.runtime = runtime;
        this.hosts = hosts;
        this.onClosed = onClosed;
        this.guest = new GuestRun(deadlines);
        this.steps = new Steps(id, request.memoryKind());
        this.tracer = new WasiTracer(request.traceWasi());
        this.thread = new SessionThread(
                id + " " + request.module().name(), stackFor(request.limits().callDepth()), this::end);
        this.opened = thread.submit(this::instantiate);
        thread.start();
    }

    /// A compiled call takes 50 to 300 bytes of stack. The interpreter counts calls and needs about 1 KiB for each.
    private long stackFor(int callDepth) {
        return (1L << 20) + callDepth * (runtime.id().equals("interpreter") ? 2048L : 256L);
    }

    CompletableFuture<Session> opened() {
        return opened;
    }

    private Session instantiate() {
        try {
            runtime.prepare(request.module());
            var links = links();
            return steps.begin(
                    links.values().stream().map(link -> link.steps).toList(), () -> instantiate(links), this::recorded);
        } catch (InstantiationFailedException e) {
            var why = new SessionException(String.valueOf(e.getMessage()), e, guest.stoppedOr(e.outcome()));
            close(why);
            throw why;
        }
    }

    private Session instantiate(Map<String, InProcessSession> links) throws InstantiationFailedException {
        var made = start(links);
        instance = made;
        info = new SessionInfo(
                id,
                request.module().name(),
                runtime.id(),
                Placement.IN_PROCESS,
                request.memoryKind(),
                request.limits(),
                made.exports());
        initialize(made);
        return this;
    }

    private List<Recorded> recorded() {
        return instance instanceof ChicoryInstance chicory ? chicory.recorded() : List.of();
    }

    private Map<String, InProcessSession> links() {
        var found = new HashMap<String, InProcessSession>();
        request.links().forEach((name, session) -> {
            if (!(session instanceof InProcessSession other)) {
                throw new SessionException(
                        "The session linked as \"%s\" lives in another process; linked sessions share one."
                                .formatted(name));
            }
            if (other.closed != null || other.instance == null) {
                throw new SessionException("The session linked as \"%s\" is closed. Open %s again."
                        .formatted(name, other.request.module().name()));
            }
            found.put(name, other);
        });
        return found;
    }

    private GuestInstance start(Map<String, InProcessSession> links) throws InstantiationFailedException {
        var offered = new ArrayList<>(HandMade.of(request.stubs(), true, tracer, stderr));
        offered.addAll(hosts);
        if (request.wasi().isPresent()) {
            try {
                var own = new WasiModule(request.wasi().get(), stdout, stderr, tracer);
                wasi = own;
                offered.add(own);
            } catch (IOException e) {
                var sentence = String.valueOf(e.getMessage());
                throw new InstantiationFailedException(new CallOutcome.Rejected(sentence), sentence);
            }
        }
        offered.addAll(HandMade.of(request.stubs(), false, tracer, stderr));
        var guarded = offered.stream().map(Guarded::of).toList();
        var instances = new HashMap<String, GuestInstance>();
        links.forEach((name, session) -> instances.put(name, session.made()));
        var wanted = new InstantiationRequest(
                request.module(), request.memoryKind(), request.limits(), guarded, instances, request.stubUnmet());
        return guest.of("start", request.limits().callTime(), () -> runtime.instantiate(wanted));
    }

    /// A reactor is initialized once, before anything else of it is called.
    private void initialize(GuestInstance made) throws InstantiationFailedException {
        var names = made.exports().stream().map(e -> e.name()).toList();
        if (!names.contains("_initialize") || names.contains("_start")) {
            return;
        }
        var call = CallRequest.of("_initialize");
        var outcome = guest.<CallOutcome, RuntimeException>of(
                "_initialize", request.limits().callTime(), () -> made.call(call));
        if (!(outcome instanceof CallOutcome.Returned)) {
            throw new InstantiationFailedException(
                    outcome, "The module's _initialize did not return: " + Sentences.of(outcome));
        }
    }

    @Override
    public SessionInfo info() {
        var known = info;
        if (known == null) {
            throw new IllegalStateException("The session is not open yet.");
        }
        return known;
    }

    @Override
    public SessionStatus status() {
        var pages = new ArrayList<Integer>();
        var made = instance;
        if (made != null) {
            made.memories().forEach(m -> pages.add(m.pages()));
        }
        return new SessionStatus(
                phase(),
                steps.epoch(),
                steps.tainted(),
                steps.undoable(),
                pages,
                new SessionStatus.OutputSizes(stdout.written(), stderr.written()));
    }

    private SessionStatus.Phase phase() {
        var why = closed;
        return why == null
                ? guest.phase()
                : new SessionStatus.Phase.Closed(
                        why.outcome().isPresent() ? Optional.ofNullable(why.getMessage()) : Optional.empty());
    }

    @Override
    public CompletableFuture<CallOutcome> call(CallRequest wanted) {
        return thread.submit(() -> steps.run("call of " + wanted.export(), step -> callNow(wanted, step)));
    }

    private CallOutcome callNow(CallRequest wanted, Timeline.Step step) {
        var time = wanted.deadline().orElse(request.limits().callTime());
        var outcome = guest.stoppedOr(
                guest.<CallOutcome, RuntimeException>of(wanted.export(), time, () -> made().call(wanted)));
        return outcome instanceof CallOutcome.Trapped trapped ? located(trapped, wanted, step) : outcome;
    }

    private CallOutcome located(CallOutcome.Trapped trapped, CallRequest wanted, Timeline.Step step) {
        if (request.memoryKind() == MemoryKind.PLAIN
                || trapped.offset().isPresent()
                || trapped.backtrace().isEmpty()
                || trapped.reason().equals("call stack exhausted")
                || guest.hostCalls() > 0
                || !(made() instanceof ChicoryInstance chicory)
                || chicory.replay().isEmpty()) {
            return trapped;
        }
        var replay = chicory.replay().get();
        return guest.<CallOutcome, RuntimeException>of(
                wanted.export(), REPLAY_TIME, () -> replay.locate(trapped, chicory.recorded(), step.logs(), wanted));
    }

    private GuestInstance made() {
        var present = instance;
        if (present == null) {
            throw new SessionException("The session could not be opened.");
        }
        return present;
    }

    @Override
    public void stop() {
        guest.stop();
    }

    @Override
    public CompletableFuture<MemoryCopy> read(int memory, long address, int length) {
        if (guest.running() && instance != null && view(memory) instanceof MemoryView live) {
            try {
                return CompletableFuture.completedFuture(
                        new MemoryCopy(memory, address, live.copyLive(address, length), steps.epoch(), true));
            } catch (IndexOutOfBoundsException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return thread.submit(() -> steps.look(
                () -> new MemoryCopy(memory, address, view(memory).read(address, length), steps.epoch(), false)));
    }

    private GuestMemory view(int memory) {
        var memories = made().memories();
        if (memory < 0 || memory >= memories.size()) {
            throw new IndexOutOfBoundsException(
                    "There is no memory %d; the module has %d.".formatted(memory, memories.size()));
        }
        return memories.get(memory);
    }

    @Override
    public CompletableFuture<List<ChangedRange>> write(int memory, long address, byte[] bytes) {
        if (guest.running()) {
            return CompletableFuture.failedFuture(
                    new SessionException("Memory cannot be written while a call runs. Stop it, or wait for its end."));
        }
        var own = bytes.clone();
        return thread.submit(() -> {
            var view = view(memory);
            steps.run("write at 0x%x".formatted(address), _ -> {
                view.write(address, own);
                return own;
            });
            return changes(memory, Integer.MAX_VALUE).ranges();
        });
    }

    @Override
    public CompletableFuture<Changes> lastChanges(int memory, int most) {
        return thread.submit(() -> changes(memory, most));
    }

    private Changes changes(int memory, int most) {
        return view(memory) instanceof MemoryView view
                ? steps.changes(view.memory(), memory, most)
                : new Changes(steps.epoch(), List.of(), 0, 0);
    }

    @Override
    public CompletableFuture<UndoOutcome> undo() {
        return thread.submit(steps::undo);
    }

    @Override
    public CompletableFuture<List<GlobalValue>> globals() {
        return thread.submit(() -> made().globals());
    }

    @Override
    public OutputCopy output(OutputStreamName stream, long from) {
        return (stream == OutputStreamName.STDOUT ? stdout : stderr).from(from);
    }

    @Override
    public void traceWasi(boolean on) {
        tracer.switchOn(on);
    }

    @Override
    public WasiTrace wasiCalls(long from) {
        return tracer.ring().from(from);
    }

    @Override
    public void close() {
        close(new SessionException(
                "The session of %s was closed.".formatted(request.module().name())));
    }

    private void close(SessionException why) {
        if (closed == null) {
            closed = why;
            thread.close(why);
            guest.stop();
        }
    }

    /// The last that happens on the session's thread.
    private void end() {
        var made = instance;
        if (made != null) {
            steps.end(recorded(), made::close);
        }
        if (wasi != null) {
            wasi.close();
        }
        onClosed.accept(this);
    }
}
