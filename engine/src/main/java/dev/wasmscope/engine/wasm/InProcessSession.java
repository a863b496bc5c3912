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
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasi.OutputRing;
import dev.wasmscope.engine.wasi.WasiModule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A session whose instance lives in this process, on a thread of its own.
final class InProcessSession implements Session, Timeline.Member {
    /// Old contents kept for undoing.
    private static final long UNDO_BYTES = 128L << 20;

    private static final Object MERGES = new Object();

    /// What finding the instruction of a trap may take.
    private static final Duration REPLAY_TIME = Duration.ofSeconds(2);

    /// Captured output kept of each stream.
    private static final int OUTPUT_BYTES = 1 << 20;

    private final String id;
    private final SessionRequest request;
    private final WasmRuntime runtime;
    private final List<HostModule> hosts;
    private final Consumer<InProcessSession> onClosed;
    private final Deadline deadline;
    private final SessionThread thread;
    private final OutputRing stdout = new OutputRing(OUTPUT_BYTES);
    private final OutputRing stderr = new OutputRing(OUTPUT_BYTES);
    private final CompletableFuture<Session> opened;

    private volatile Timeline timeline = new Timeline(UNDO_BYTES);
    private volatile @Nullable SessionInfo info;
    private volatile @Nullable GuestInstance instance;
    private @Nullable WasiModule wasi;
    private volatile @Nullable Run run;
    private volatile boolean tainted;
    private volatile int undoSteps;
    private volatile @Nullable SessionException closed;

    private record Run(String export, long since) {}

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
        this.deadline = new Deadline(deadlines);
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
            var together = join(links.values());
            together.turn.lock();
            try {
                return instantiate(links, together);
            } finally {
                together.turn.unlock();
            }
        } catch (InstantiationFailedException e) {
            var why = new SessionException(String.valueOf(e.getMessage()), e, stoppedOr(e.outcome()));
            close(why);
            throw why;
        }
    }

    private Session instantiate(Map<String, InProcessSession> links, Timeline together)
            throws InstantiationFailedException {
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
        together.join(this, recorded());
        timeline = together;
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

    /// One timeline for all that will share memories; they take turns from now on.
    private Timeline join(Collection<InProcessSession> links) {
        var common = timeline;
        for (var link : links) {
            common = merge(common, link);
        }
        return common;
    }

    private Timeline merge(Timeline common, InProcessSession link) {
        // One merge at a time, so that no two wait for each other's turn.
        synchronized (MERGES) {
            var theirs = link.timeline;
            if (common == timeline || common == theirs) {
                return theirs;
            }
            theirs.turn.lock();
            common.turn.lock();
            try {
                theirs.absorb(common);
                return theirs;
            } finally {
                common.turn.unlock();
                theirs.turn.unlock();
            }
        }
    }

    @Override
    public void moveTo(Timeline other) {
        timeline = other;
    }

    /// The timeline, with its turn held.
    @SuppressWarnings("LockNotBeforeTry") // the caller releases it
    private Timeline take() {
        while (true) {
            var current = timeline;
            current.turn.lock();
            if (current == timeline) {
                return current;
            }
            current.turn.unlock();
        }
    }

    private GuestInstance start(Map<String, InProcessSession> links) throws InstantiationFailedException {
        var offered = new ArrayList<>(hosts);
        if (request.wasi().isPresent()) {
            try {
                var own = new WasiModule(request.wasi().get(), stdout, stderr);
                wasi = own;
                offered.add(own);
            } catch (IOException e) {
                var sentence = String.valueOf(e.getMessage());
                throw new InstantiationFailedException(new CallOutcome.Rejected(sentence), sentence);
            }
        }
        var guarded = offered.stream().map(Guarded::of).toList();
        var instances = new HashMap<String, GuestInstance>();
        links.forEach((name, session) -> instances.put(name, session.made()));
        var wanted = new InstantiationRequest(
                request.module(), request.memoryKind(), request.limits(), guarded, instances, request.stubUnmet());
        return guest("start", request.limits().callTime(), () -> runtime.instantiate(wanted));
    }

    /// A reactor is initialized once, before anything else of it is called.
    private void initialize(GuestInstance made) throws InstantiationFailedException {
        var names = made.exports().stream().map(e -> e.name()).toList();
        if (!names.contains("_initialize") || names.contains("_start")) {
            return;
        }
        var call = CallRequest.of("_initialize");
        var outcome = this.<CallOutcome, RuntimeException>guest(
                "_initialize", request.limits().callTime(), () -> made.call(call));
        if (!(outcome instanceof CallOutcome.Returned)) {
            throw new InstantiationFailedException(
                    outcome, "The module's _initialize did not return: " + Sentences.of(outcome));
        }
    }

    private interface GuestWork<T, X extends Exception> {
        T run() throws X;
    }

    /// Runs guest code under a deadline.
    private <T, X extends Exception> T guest(String what, Duration time, GuestWork<T, X> work) throws X {
        run = new Run(what, System.nanoTime());
        deadline.arm(time);
        try {
            return work.run();
        } finally {
            deadline.disarm();
            run = null;
        }
    }

    private CallOutcome stoppedOr(CallOutcome outcome) {
        return outcome instanceof CallOutcome.TimedOut late && deadline.wasStopped()
                ? new CallOutcome.TimedOut(late.deadline(), true, late.backtrace(), late.elapsed())
                : outcome;
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
                timeline.epoch(),
                tainted,
                undoSteps,
                pages,
                new SessionStatus.OutputSizes(stdout.written(), stderr.written()));
    }

    private SessionStatus.Phase phase() {
        var why = closed;
        if (why != null) {
            return new SessionStatus.Phase.Closed(
                    why.outcome().isPresent() ? Optional.ofNullable(why.getMessage()) : Optional.empty());
        }
        var current = run;
        return current == null
                ? new SessionStatus.Phase.Idle()
                : new SessionStatus.Phase.Running(current.export, Duration.ofNanos(System.nanoTime() - current.since));
    }

    @Override
    public CompletableFuture<CallOutcome> call(CallRequest wanted) {
        return thread.submit(() -> step("call of " + wanted.export(), step -> callNow(wanted, step)));
    }

    private CallOutcome callNow(CallRequest wanted, Timeline.Step step) {
        var time = wanted.deadline().orElse(request.limits().callTime());
        var outcome =
                stoppedOr(this.<CallOutcome, RuntimeException>guest(wanted.export(), time, () -> made().call(wanted)));
        if (outcome instanceof CallOutcome.Trapped || outcome instanceof CallOutcome.TimedOut) {
            tainted = true;
        }
        return outcome instanceof CallOutcome.Trapped trapped ? located(trapped, wanted, step) : outcome;
    }

    private CallOutcome located(CallOutcome.Trapped trapped, CallRequest wanted, Timeline.Step step) {
        if (request.memoryKind() == MemoryKind.PLAIN
                || trapped.offset().isPresent()
                || trapped.backtrace().isEmpty()
                || trapped.reason().equals("call stack exhausted")
                || deadline.hostCalls() > 0
                || !(made() instanceof ChicoryInstance chicory)
                || chicory.replay().isEmpty()) {
            return trapped;
        }
        var replay = chicory.replay().get();
        return this.<CallOutcome, RuntimeException>guest(
                wanted.export(), REPLAY_TIME, () -> replay.locate(trapped, chicory.recorded(), step.logs(), wanted));
    }

    /// Runs one step of the history; a rejected call is none.
    private <T> T step(String title, Function<Timeline.Step, T> work) {
        var current = take();
        try {
            var step = current.begin(id, title, tainted);
            T result;
            try {
                result = work.apply(step);
            } catch (RuntimeException e) {
                current.discard(step);
                throw e;
            }
            if (result instanceof CallOutcome.Rejected) {
                current.discard(step);
            } else {
                current.end(step);
            }
            undoSteps = request.memoryKind() == MemoryKind.TRACKED ? current.undoSteps(id) : 0;
            return result;
        } finally {
            current.turn.unlock();
        }
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
        deadline.stop();
    }

    @Override
    public CompletableFuture<MemoryCopy> read(int memory, long address, int length) {
        if (run != null && instance != null && view(memory) instanceof ChicoryInstance.View live) {
            try {
                return CompletableFuture.completedFuture(
                        new MemoryCopy(memory, address, live.copyLive(address, length), timeline.epoch(), true));
            } catch (IndexOutOfBoundsException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return thread.submit(() -> {
            timeline.turn.lock();
            try {
                return new MemoryCopy(memory, address, view(memory).read(address, length), timeline.epoch(), false);
            } finally {
                timeline.turn.unlock();
            }
        });
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
        if (run != null) {
            return CompletableFuture.failedFuture(
                    new SessionException("Memory cannot be written while a call runs. Stop it, or wait for its end."));
        }
        var own = bytes.clone();
        return thread.submit(() -> {
            var view = view(memory);
            step("write at 0x%x".formatted(address), _ -> {
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
        var current = take();
        try {
            return view(memory) instanceof ChicoryInstance.View view && view.memory() instanceof TrackedMemory tracked
                    ? current.changes(tracked, memory, most)
                    : new Changes(current.epoch(), List.of(), 0, 0);
        } finally {
            current.turn.unlock();
        }
    }

    @Override
    public CompletableFuture<UndoOutcome> undo() {
        return thread.submit(this::undoNow);
    }

    private UndoOutcome undoNow() {
        if (request.memoryKind() == MemoryKind.PLAIN) {
            return new UndoOutcome.NothingToUndo(
                    "This session keeps no history, because its memory is plain. Open it with tracked memory to undo calls.");
        }
        var current = take();
        try {
            var step = current.undo(id);
            if (step == null) {
                return current.whyNot(id);
            }
            tainted = step.taintedBefore();
            undoSteps = current.undoSteps(id);
            return new UndoOutcome.Undone(step.title());
        } finally {
            current.turn.unlock();
        }
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
    public void close() {
        close(new SessionException(
                "The session of %s was closed.".formatted(request.module().name())));
    }

    private void close(SessionException why) {
        if (closed == null) {
            closed = why;
            thread.close(why);
            deadline.stop();
        }
    }

    /// The last that happens on the session's thread.
    private void end() {
        var made = instance;
        if (made != null) {
            var current = take();
            try {
                current.leave(this, recorded());
                made.close();
            } finally {
                current.turn.unlock();
            }
        }
        if (wasi != null) {
            wasi.close();
        }
        onClosed.accept(this);
    }
}
