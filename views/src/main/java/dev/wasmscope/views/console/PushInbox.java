package dev.wasmscope.views.console;

import dev.wasmscope.engine.resp.RespValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Brings what a server sends by itself to the UI thread: one step for all that came, and never more than can be read.
final class PushInbox {
    private static final int MOST = 500;

    private final Consumer<Runnable> ui;
    private final Consumer<Batch> to;
    private final ArrayDeque<RespValue.Push> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean queued;

    /// @param dropped how many came and were passed over, before the pushes
    record Batch(List<RespValue.Push> pushes, long dropped) {}

    PushInbox(Consumer<Runnable> ui, Consumer<Batch> to) {
        this.ui = ui;
        this.to = to;
    }

    /// From any thread.
    void add(RespValue.Push push) {
        synchronized (waiting) {
            if (waiting.size() == MOST) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(push);
            if (queued) {
                return;
            }
            queued = true;
        }
        ui.accept(this::deliver);
    }

    private void deliver() {
        Batch batch;
        synchronized (waiting) {
            batch = new Batch(new ArrayList<>(waiting), dropped);
            waiting.clear();
            dropped = 0;
            queued = false;
        }
        to.accept(batch);
    }
}
