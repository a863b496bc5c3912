package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A look at an instance that belongs to a host. Closing it ends the look, not the instance.
final class HostedSession implements Session {
    /// How long a reader waits for its turn before it takes what it can get.
    private static final long PATIENCE_MILLIS = 20;

    private final HostedGuest guest;
    private final SessionInfo info;
    private @Nullable SessionThread thread;
    private volatile @Nullable SessionException ended;

    HostedSession(HostedGuest guest, SessionInfo info) {
        this.guest = guest;
        this.info = info;
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public SessionStatus status() {
        var pages = new ArrayList<Integer>();
        guest.instance().memories().forEach(memory -> pages.add(memory.pages()));
        var why = ended;
        var steps = guest.steps();
        return new SessionStatus(
                why == null
                        ? guest.phase()
                        : new SessionStatus.Phase.Closed(
                                guest.closed() ? Optional.ofNullable(why.getMessage()) : Optional.empty()),
                guest.epoch(),
                guest.tainted(),
                steps == null ? 0 : steps.undoable(),
                pages,
                new SessionStatus.OutputSizes(
                        guest.captured().stdout().written(),
                        guest.captured().stderr().written()));
    }

    /// Its thread starts with the first thing that is asked.
    private synchronized <T> CompletableFuture<T> submit(Callable<T> work) {
        if (ended != null) {
            return CompletableFuture.failedFuture(ended);
        }
        if (thread == null) {
            thread = new SessionThread(
                    info.id() + " " + info.module(), (1L << 20) + info.limits().callDepth() * 2048L, () -> {});
            thread.start();
        }
        return thread.submit(work);
    }

    /// Looks at the instance in turn with its host.
    private <T> CompletableFuture<T> inTurn(Callable<T> work) {
        return submit(() -> {
            guest.turn().lock();
            try {
                checkOpen();
                return work.call();
            } finally {
                guest.turn().unlock();
            }
        });
    }

    private void checkOpen() {
        if (guest.closed()) {
            throw closedByHost();
        }
    }

    private SessionException closedByHost() {
        return new SessionException("The host of %s closed it.".formatted(info.module()));
    }

    @Override
    public CompletableFuture<CallOutcome> call(CallRequest request) {
        return submit(() -> {
            checkOpen();
            return guest.call(request);
        });
    }

    @Override
    public void stop() {
        guest.stop();
    }

    @Override
    public CompletableFuture<MemoryCopy> read(int memory, long address, int length) {
        return submit(() -> {
            var mine = !guest.running() && guest.turn().tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            try {
                checkOpen();
                return new MemoryCopy(memory, address, view(memory).copyLive(address, length), guest.epoch(), !mine);
            } finally {
                if (mine) {
                    guest.turn().unlock();
                }
            }
        });
    }

    private MemoryView view(int memory) {
        var memories = guest.instance().memories();
        if (memory < 0 || memory >= memories.size() || !(memories.get(memory) instanceof MemoryView view)) {
            throw new IndexOutOfBoundsException(
                    "There is no memory %d; the module has %d.".formatted(memory, memories.size()));
        }
        return view;
    }

    @Override
    public CompletableFuture<List<ChangedRange>> write(int memory, long address, byte[] bytes) {
        if (guest.running()) {
            return CompletableFuture.failedFuture(
                    new SessionException("Memory cannot be written while a call runs. Stop it, or wait for its end."));
        }
        var own = bytes.clone();
        return inTurn(() -> {
            var view = view(memory);
            var steps = guest.steps();
            if (steps == null) {
                view.write(address, own);
                return List.of();
            }
            steps.run("write at 0x%x".formatted(address), _ -> {
                view.write(address, own);
                return own;
            });
            return steps.changes(view.memory(), memory, Integer.MAX_VALUE).ranges();
        });
    }

    @Override
    public CompletableFuture<Changes> lastChanges(int memory, int most) {
        return inTurn(() -> {
            var steps = guest.steps();
            return steps == null
                    ? new Changes(guest.epoch(), List.of(), 0, 0)
                    : steps.changes(view(memory).memory(), memory, most);
        });
    }

    @Override
    public CompletableFuture<UndoOutcome> undo() {
        return inTurn(() -> {
            var steps = guest.steps();
            return steps == null
                    ? new UndoOutcome.NothingToUndo("The host of %s keeps no history of it.".formatted(info.module()))
                    : steps.undo();
        });
    }

    @Override
    public CompletableFuture<List<GlobalValue>> globals() {
        return inTurn(() -> guest.instance().globals());
    }

    @Override
    public OutputCopy output(OutputStreamName stream, long from) {
        var captured = guest.captured();
        return (stream == OutputStreamName.STDOUT ? captured.stdout() : captured.stderr()).from(from);
    }

    @Override
    public void traceWasi(boolean on) {
        guest.captured().tracer().switchOn(on);
    }

    @Override
    public WasiTrace wasiCalls(long from) {
        return guest.captured().tracer().ring().from(from);
    }

    boolean detached() {
        return ended != null && !guest.closed();
    }

    @Override
    public void close() {
        end("The session of %s was closed.".formatted(info.module()));
    }

    synchronized void end(String sentence) {
        if (ended == null) {
            var why = new SessionException(sentence);
            ended = why;
            if (thread != null) {
                thread.close(why);
            }
        }
    }
}
