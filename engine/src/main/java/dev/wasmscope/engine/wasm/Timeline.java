package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.UndoOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The steps of one instance, or of several that are linked: linked instances share memories, so they take turns
/// and have one history.
///
/// Everything but [#epoch] happens while [#turn] is held.
final class Timeline {
    private static final int MOST_STEPS = 1_000;

    /// Held while a step runs.
    final ReentrantLock turn = new ReentrantLock();

    private final long mostBytes;
    private final List<Recorded> cells = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Deque<Step> done = new ArrayDeque<>();
    private final AtomicLong epoch = new AtomicLong();
    private @Nullable Step last;

    /// @param mostBytes of old contents to keep; older steps are forgotten first
    Timeline(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// One call, write or undo.
    ///
    /// @param owner id of the session
    record Step(String owner, String title, boolean taintedBefore, Map<Recorded, Recorded.Log> logs) {
        long bytes() {
            return logs.values().stream().mapToLong(Recorded.Log::bytes).sum();
        }

        boolean lost() {
            return logs.values().stream().anyMatch(Recorded.Log::lost);
        }
    }

    /// A session whose steps are kept here.
    interface Member {
        void moveTo(Timeline other);
    }

    /// Takes a session in. What was done before cannot be undone any more: instantiation wrote to what is linked.
    void join(Member member, List<? extends Recorded> recorded) {
        if (!members.isEmpty()) {
            epoch.incrementAndGet();
        }
        members.add(member);
        cells.addAll(recorded);
        done.clear();
        last = null;
    }

    void leave(Member member, List<? extends Recorded> recorded) {
        members.remove(member);
        cells.removeAll(recorded);
    }

    /// Moves everybody and everything of another timeline here. Both turns are held.
    void absorb(Timeline other) {
        epoch.set(Math.max(epoch.get(), other.epoch.get()) + 1);
        cells.addAll(other.cells);
        members.addAll(other.members);
        other.members.forEach(member -> member.moveTo(this));
        done.clear();
        last = null;
    }

    long epoch() {
        return epoch.get();
    }

    Step begin(String owner, String title, boolean taintedBefore) {
        var logs = new IdentityHashMap<Recorded, Recorded.Log>();
        for (var cell : cells) {
            logs.put(cell, cell.record(mostBytes));
        }
        return new Step(owner, title, taintedBefore, logs);
    }

    void end(Step step) {
        finish(step);
        if (step.lost()) {
            // What came before cannot be reached any more either.
            done.clear();
            return;
        }
        done.addLast(step);
        var kept = done.stream().mapToLong(Step::bytes).sum();
        while (done.size() > 1 && (kept > mostBytes || done.size() > MOST_STEPS)) {
            kept -= done.removeFirst().bytes();
        }
    }

    /// For a step in which the guest did not run.
    void discard(Step step) {
        step.logs.keySet().forEach(Recorded::rest);
    }

    private void finish(Step step) {
        step.logs.keySet().forEach(Recorded::rest);
        last = step;
        epoch.incrementAndGet();
    }

    /// How many steps the owner can take back one after another.
    int undoSteps(String owner) {
        var count = 0;
        for (var steps = done.descendingIterator();
                steps.hasNext() && steps.next().owner.equals(owner); ) {
            count++;
        }
        return count;
    }

    /// @return the step that was undone, or null with nothing changed
    @Nullable
    Step undo(String owner) {
        var step = done.peekLast();
        if (step == null || !step.owner.equals(owner)) {
            return null;
        }
        done.removeLast();
        var opposite = begin(owner, "undo of " + step.title, step.taintedBefore);
        step.logs.values().forEach(Recorded.Log::undo);
        finish(opposite);
        return step;
    }

    UndoOutcome.NothingToUndo whyNot(String owner) {
        var step = done.peekLast();
        if (step != null && !step.owner.equals(owner)) {
            return new UndoOutcome.NothingToUndo(
                    "The last step was the %s in a linked session; undo it there first.".formatted(step.title));
        }
        if (last != null && last.lost()) {
            return new UndoOutcome.NothingToUndo("The %s changed more than the %d MiB that are kept for undoing."
                    .formatted(last.title, mostBytes >> 20));
        }
        return new UndoOutcome.NothingToUndo("Nothing has been called or written since the session was opened.");
    }

    /// What the last step changed in a memory.
    Changes changes(TrackedMemory memory, int index, int most) {
        if (last == null || !(last.logs.get(memory) instanceof BlockLog log)) {
            return new Changes(epoch.get(), List.of(), 0, 0);
        }
        var found = log.changes(index, most);
        return new Changes(epoch.get(), found.ranges(), found.total(), found.changedBytes());
    }
}
