package dev.wasmscope.views.background;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Does something again and again on the UI thread while it plays. UI thread only.
///
/// Not an animation: while one plays JavaFX wakes up sixty times a second, however rarely there is something to do.
public final class Pulse {
    private final Background background;
    private final Duration period;
    private final Runnable action;
    private @Nullable Future<?> playing;

    public Pulse(Background background, Duration period, Runnable action) {
        this.background = background;
        this.period = period;
        this.action = action;
    }

    /// Does nothing while it plays already.
    public void play() {
        if (playing == null) {
            playing = background.every(period, () -> {
                // A beat may still be queued when it has been stopped.
                if (playing != null) {
                    action.run();
                }
            });
        }
    }

    public void stop() {
        if (playing != null) {
            playing.cancel(false);
            playing = null;
        }
    }
}
