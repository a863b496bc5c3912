package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.OwnedMemory;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasi.OutputRing;
import dev.wasmscope.engine.wasi.WasiModule;
import dev.wasmscope.engine.wasi.WasiTracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An instance that a host calls on threads of its own. Calls take turns through a lock; a host function may call its
/// guest again, within the deadline of the call that it is part of.
final class HostedGuest implements HostedInstance {
    /// Captured output kept of each stream: hosts have many instances.
    private static final int OUTPUT_BYTES = 64 << 10;

    private final HostingRequest request;
    private final SessionInfo info;
    private final GuestInstance instance;
    private final GuestLeash leash;
    private final LeashWatch watch;
    private final Captured captured;
    private final @Nullable Steps steps;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Current current;
    private volatile boolean closed;
    private volatile boolean tainted;
    private final AtomicLong calls = new AtomicLong();
    private boolean ended;
    private @Nullable HostedSession session;

    private record Current(String what, long since) {}

    /// What WASI was given and what came out of it.
    record Captured(
            OutputRing stdout,
            OutputRing stderr,
            WasiTracer tracer,
            @Nullable WasiModule wasi) {
        void close() {
            if (wasi != null) {
                wasi.close();
            }
        }
    }

    private HostedGuest(
            HostingRequest request,
            SessionInfo info,
            GuestInstance instance,
            GuestLeash leash,
            LeashWatch watch,
            Captured captured) {
        this.request = request;
        this.info = info;
        this.instance = instance;
        this.leash = leash;
        this.watch = watch;
        this.captured = captured;
        this.steps = request.memoryKind() == MemoryKind.TRACKED && instance instanceof ChicoryInstance own
                ? history(info.id(), own)
                : null;
    }

    private static Steps history(String id, ChicoryInstance instance) {
        var steps = new Steps(id, MemoryKind.TRACKED);
        steps.begin(List.of(), () -> id, instance::recorded);
        return steps;
    }

    /// Instantiates on the calling thread, start function and `_initialize` included.
    static HostedGuest start(String id, HostingRequest request, WasmRuntime runtime, LeashWatch watch)
            throws InstantiationFailedException {
        runtime.prepare(request.module());
        var captured = captured(request);
        var leash = new GuestLeash();
        watch.add(leash);
        GuestInstance made = null;
        var whole = false;
        try {
            made = instantiate(request, runtime, leash, captured);
            initialize(request, made, leash);
            var info = new SessionInfo(
                    id,
                    request.title(),
                    runtime.id(),
                    Placement.IN_PROCESS,
                    request.memoryKind(),
                    request.limits(),
                    made.exports());
            var guest = new HostedGuest(request, info, made, leash, watch, captured);
            whole = true;
            return guest;
        } finally {
            if (!whole) {
                watch.remove(leash);
                captured.close();
                if (made != null) {
                    made.close();
                }
            }
        }
    }

    private static Captured captured(HostingRequest request) throws InstantiationFailedException {
        var tracer = new WasiTracer(false);
        if (request.wasi().isEmpty()) {
            return new Captured(new OutputRing(1), new OutputRing(1), tracer, null);
        }
        var stdout = new OutputRing(OUTPUT_BYTES);
        var stderr = new OutputRing(OUTPUT_BYTES);
        try {
            return new Captured(
                    stdout, stderr, tracer, new WasiModule(request.wasi().get(), stdout, stderr, tracer));
        } catch (IOException e) {
            var sentence = String.valueOf(e.getMessage());
            throw new InstantiationFailedException(new CallOutcome.Rejected(sentence), sentence);
        }
    }

    private static GuestInstance instantiate(
            HostingRequest request, WasmRuntime runtime, GuestLeash leash, Captured captured)
            throws InstantiationFailedException {
        var offered = new ArrayList<>(request.hosts());
        if (captured.wasi() != null) {
            offered.add(captured.wasi());
        }
        var wanted = new InstantiationRequest(
                request.module(),
                request.memoryKind(),
                request.limits(),
                offered.stream().map(host -> Guarded.of(host, leash)).toList(),
                Map.of(),
                request.stubUnmet());
        leash.begin(request.limits().callTime());
        try {
            return runtime.instantiate(wanted);
        } finally {
            leash.end();
        }
    }

    private static void initialize(HostingRequest request, GuestInstance made, GuestLeash leash)
            throws InstantiationFailedException {
        if (made.exports().stream().noneMatch(export -> export.name().equals("_initialize"))) {
            return;
        }
        CallOutcome outcome;
        leash.begin(request.limits().callTime());
        try {
            outcome = made.call(CallRequest.of("_initialize"));
        } finally {
            leash.end();
        }
        if (!(outcome instanceof CallOutcome.Returned)) {
            throw new InstantiationFailedException(
                    outcome, "The module's _initialize did not return: " + Sentences.of(outcome));
        }
    }

    @Override
    public List<ExportInfo> exports() {
        return info.exports();
    }

    @Override
    public CallOutcome call(CallRequest wanted) {
        turn.lock();
        try {
            if (closed) {
                return new CallOutcome.Rejected("The instance %s was closed.".formatted(request.title()));
            }
            return current == null ? outer(wanted) : inner(wanted);
        } finally {
            turn.unlock();
            endWhereClosed();
        }
    }

    private CallOutcome outer(CallRequest wanted) {
        current = new Current(wanted.export(), System.nanoTime());
        try {
            return steps == null ? counted(wanted) : steps.run("call of " + wanted.export(), _ -> guest(wanted));
        } finally {
            current = null;
        }
    }

    private CallOutcome counted(CallRequest wanted) {
        var outcome = guest(wanted);
        if (!(outcome instanceof CallOutcome.Rejected)) {
            calls.incrementAndGet();
        }
        tainted |= outcome instanceof CallOutcome.Trapped || outcome instanceof CallOutcome.TimedOut;
        return outcome;
    }

    private CallOutcome guest(CallRequest wanted) {
        CallOutcome outcome;
        leash.begin(wanted.deadline().orElse(request.limits().callTime()));
        try {
            outcome = instance.call(wanted);
        } finally {
            leash.end();
        }
        return outcome instanceof CallOutcome.TimedOut late && leash.wasStopped()
                ? new CallOutcome.TimedOut(late.deadline(), true, late.backtrace(), late.elapsed())
                : outcome;
    }

    /// A host function asks its guest for something: memory for an answer, most often.
    private CallOutcome inner(CallRequest wanted) {
        leash.leaveHost();
        try {
            return instance.call(wanted);
        } finally {
            leash.enterHost();
        }
    }

    @Override
    public void renewDeadline() {
        if (!turn.isHeldByCurrentThread() || current == null) {
            throw new IllegalStateException(
                    "Only a host function that %s calls can give it more time.".formatted(request.title()));
        }
        leash.renew();
    }

    @Override
    public OwnedMemory memory() {
        return instance.memories().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("%s has no memory.".formatted(request.title())));
    }

    @Override
    public synchronized Session session() {
        if (session == null || session.detached()) {
            session = new HostedSession(this, info);
        }
        return session;
    }

    /// A call under way is stopped; its thread ends the instance then.
    @Override
    public void close() {
        closed = true;
        leash.stop();
        endWhereClosed();
        synchronized (this) {
            if (session != null) {
                session.end("The host of %s closed it.".formatted(request.title()));
            }
        }
    }

    private void endWhereClosed() {
        if (closed && turn.tryLock()) {
            try {
                if (!ended && current == null) {
                    ended = true;
                    watch.remove(leash);
                    instance.close();
                    captured.close();
                }
            } finally {
                turn.unlock();
            }
        }
    }

    // ---- for the session that looks at it

    ReentrantLock turn() {
        return turn;
    }

    GuestInstance instance() {
        return instance;
    }

    Captured captured() {
        return captured;
    }

    /// The history of a tracked instance.
    @Nullable
    Steps steps() {
        return steps;
    }

    boolean running() {
        return current != null;
    }

    boolean closed() {
        return closed;
    }

    boolean tainted() {
        return steps == null ? tainted : steps.tainted();
    }

    long epoch() {
        return steps == null ? calls.get() : steps.epoch();
    }

    void stop() {
        leash.stop();
    }

    SessionStatus.Phase phase() {
        var now = current;
        return now == null
                ? new SessionStatus.Phase.Idle()
                : new SessionStatus.Phase.Running(now.what, Duration.ofNanos(System.nanoTime() - now.since));
    }
}
