package dev.wasmscope.engine.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The control lines that came in, as the measuring loop asks for them between two blocks.
final class Controls {
    private final Consumer<ProbeLine.Problem> problems;
    private volatile @Nullable Settings wanted;
    private volatile boolean stopped;

    Controls(Consumer<ProbeLine.Problem> problems) {
        this.problems = problems;
    }

    /// Reads to the end of the stream, which stops the probe like [ProbeLine.Stop]. A line that cannot be understood
    /// is reported and left out.
    void readAll(BufferedReader in) {
        try {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // The parent is gone.
        }
        stop();
    }

    Settings settings(Settings current) {
        var latest = wanted;
        return latest == null ? current : latest;
    }

    boolean stopped() {
        return stopped;
    }

    synchronized void awaitChange() throws InterruptedException {
        while (!stopped && wanted != null && wanted.paused()) {
            wait();
        }
    }

    private void take(String line) {
        try {
            switch (ProbeLine.read(line)) {
                case ProbeLine.Change(var settings) -> turn(settings.settings());
                case ProbeLine.Stop() -> stop();
                case ProbeLine other ->
                    throw new IllegalArgumentException("A probe that runs takes change and stop, not "
                            + other.getClass().getSimpleName());
            }
        } catch (IllegalArgumentException e) {
            problems.accept(new ProbeLine.Problem(false, String.valueOf(e.getMessage())));
        }
    }

    private synchronized void turn(Settings settings) {
        wanted = settings;
        notifyAll();
    }

    private synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
