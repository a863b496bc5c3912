package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.UndoOutcome;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What one session has done, step by step, on a timeline of its own or on one with the sessions it is linked to.
///
/// Every method takes its turn on the timeline; only [#epoch], [#tainted] and [#undoable] may be asked at any time.
final class Steps implements Timeline.Member {
    /// Old contents kept for undoing.
    private static final long UNDO_BYTES = 128L << 20;

    private static final Object MERGES = new Object();

    private final String owner;
    private final MemoryKind kind;
    private volatile Timeline timeline = new Timeline(UNDO_BYTES);
    private volatile boolean tainted;
    private volatile int undoable;

    /// @param owner id of the session
    Steps(String owner, MemoryKind kind) {
        this.owner = owner;
        this.kind = kind;
    }

    long epoch() {
        return timeline.epoch();
    }

    /// Whether a call ended in the middle and was not undone since.
    boolean tainted() {
        return tainted;
    }

    /// How many steps can be taken back one after another.
    int undoable() {
        return undoable;
    }

    /// Runs what makes an instance, in turn with the sessions whose memories it will share.
    ///
    /// @param made the state to keep from now on, asked when the work is done
    <T, X extends Exception> T begin(Collection<Steps> linked, Work<T, X> work, Supplier<List<Recorded>> made)
            throws X {
        var together = merged(linked);
        together.turn.lock();
        try {
            var result = work.run();
            together.join(this, made.get());
            timeline = together;
            return result;
        } finally {
            together.turn.unlock();
        }
    }

    interface Work<T, X extends Exception> {
        T run() throws X;
    }

    /// One timeline for all that will share memories; they take turns from now on.
    private Timeline merged(Collection<Steps> linked) {
        var common = timeline;
        for (var other : linked) {
            common = merge(common, other);
        }
        return common;
    }

    private Timeline merge(Timeline common, Steps other) {
        // One merge at a time, so that no two wait for each other's turn.
        synchronized (MERGES) {
            var theirs = other.timeline;
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

    /// Runs one step; a rejected call is none, and a call that ended in the middle taints the session.
    <T> T run(String title, Function<Timeline.Step, T> work) {
        var current = take();
        try {
            var step = current.begin(owner, title, tainted);
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
            tainted |= result instanceof CallOutcome.Trapped || result instanceof CallOutcome.TimedOut;
            undoable = kind == MemoryKind.TRACKED ? current.undoSteps(owner) : 0;
            return result;
        } finally {
            current.turn.unlock();
        }
    }

    /// Looks at the instance while nobody changes it.
    <T> T look(Supplier<T> work) {
        var current = take();
        try {
            return work.get();
        } finally {
            current.turn.unlock();
        }
    }

    /// What the last step changed in a memory; nothing where no track is kept.
    Changes changes(LinearMemory memory, int index, int most) {
        var current = take();
        try {
            return memory instanceof TrackedMemory tracked
                    ? current.changes(tracked, index, most)
                    : new Changes(current.epoch(), List.of(), 0, 0);
        } finally {
            current.turn.unlock();
        }
    }

    UndoOutcome undo() {
        if (kind == MemoryKind.PLAIN) {
            return new UndoOutcome.NothingToUndo(
                    "This session keeps no history, because its memory is plain. Open it with tracked memory to undo calls.");
        }
        var current = take();
        try {
            var step = current.undo(owner);
            if (step == null) {
                return current.whyNot(owner);
            }
            tainted = step.taintedBefore();
            undoable = current.undoSteps(owner);
            return new UndoOutcome.Undone(step.title());
        } finally {
            current.turn.unlock();
        }
    }

    /// The last step: the instance is closed, and its state is kept no longer.
    void end(List<Recorded> recorded, Runnable close) {
        var current = take();
        try {
            current.leave(this, recorded);
            close.run();
        } finally {
            current.turn.unlock();
        }
    }
}
