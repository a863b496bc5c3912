package dev.wasmscope.views.background;

import java.time.Duration;
import java.util.concurrent.Future;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// Work under way, as the status bar lists it: a name, progress and a stop. UI thread only.
public final class RunningTask {
    private final String title;
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final long begun = System.nanoTime();
    private @Nullable Future<?> future;

    RunningTask(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /// 0 to 1, or below 0 where it is not known.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// How long it has been under way.
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    public void cancel() {
        if (future != null) {
            future.cancel(true);
        }
    }

    void started(Future<?> running) {
        future = running;
    }

    void at(double fraction, String what) {
        progress.set(fraction);
        step.set(what);
    }
}
