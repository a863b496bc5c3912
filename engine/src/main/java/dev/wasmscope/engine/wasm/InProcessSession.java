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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A session whose instance lives in this process, on a thread of its own.
final class InProcessSession implements Session {
    /// Old contents kept for undoing.
    private static final long UNDO_BYTES = 128L << 20;

    private final String id;
    private final SessionRequest request;
    private final WasmRuntime runtime;
    private final List<HostModule> hosts;
    private final Consumer<InProcessSession> onClosed;
    private final Deadline deadline;
    private final SessionThread thread;
    private final Timeline timeline = new Timeline(UNDO_BYTES);
    private final CompletableFuture<Session> opened;

    private volatile @Nullable SessionInfo info;
    private volatile @Nullable GuestInstance instance;
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
            var made = start();
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
            if (made instanceof ChicoryInstance chicory) {
                timeline.add(chicory.recorded());
            }
            return this;
        } catch (InstantiationFailedException e) {
            var why = new SessionException(String.valueOf(e.getMessage()), e, stoppedOr(e.outcome()));
            close(why);
            throw why;
        }
    }

    private GuestInstance start() throws InstantiationFailedException {
        var guarded = hosts.stream().map(h -> Guarded.of(h, deadline)).toList();
        var wanted = new InstantiationRequest(
                request.module(), request.memoryKind(), request.limits(), guarded, Map.of(), request.stubUnmet());
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
                phase(), timeline.epoch(), tainted, undoSteps, pages, new SessionStatus.OutputSizes(0, 0));
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
        return thread.submit(() -> step("call of " + wanted.export(), () -> callNow(wanted)));
    }

    private CallOutcome callNow(CallRequest wanted) {
        var time = wanted.deadline().orElse(request.limits().callTime());
        var outcome =
                stoppedOr(this.<CallOutcome, RuntimeException>guest(wanted.export(), time, () -> made().call(wanted)));
        if (outcome instanceof CallOutcome.Trapped || outcome instanceof CallOutcome.TimedOut) {
            tainted = true;
        }
        return outcome;
    }

    /// Runs one step of the history; a rejected call is none.
    private <T> T step(String title, Supplier<T> work) {
        timeline.turn.lock();
        try {
            var step = timeline.begin(id, title, tainted);
            T result;
            try {
                result = work.get();
            } catch (RuntimeException e) {
                timeline.discard(step);
                throw e;
            }
            if (result instanceof CallOutcome.Rejected) {
                timeline.discard(step);
            } else {
                timeline.end(step);
            }
            undoSteps = request.memoryKind() == MemoryKind.TRACKED ? timeline.undoSteps(id) : 0;
            return result;
        } finally {
            timeline.turn.unlock();
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
            step("write at 0x%x".formatted(address), () -> {
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
        timeline.turn.lock();
        try {
            return view(memory) instanceof ChicoryInstance.View view && view.memory() instanceof TrackedMemory tracked
                    ? timeline.changes(tracked, memory, most)
                    : new Changes(timeline.epoch(), List.of(), 0, 0);
        } finally {
            timeline.turn.unlock();
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
        timeline.turn.lock();
        try {
            var step = timeline.undo(id);
            if (step == null) {
                return timeline.whyNot(id);
            }
            tainted = step.taintedBefore();
            undoSteps = timeline.undoSteps(id);
            return new UndoOutcome.Undone(step.title());
        } finally {
            timeline.turn.unlock();
        }
    }

    @Override
    public CompletableFuture<List<GlobalValue>> globals() {
        return thread.submit(() -> made().globals());
    }

    @Override
    public OutputCopy output(OutputStreamName stream, long from) {
        return new OutputCopy(from, new byte[0]);
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
            made.close();
        }
        onClosed.accept(this);
    }
}
