package dev.wasmscope.views.control;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// Fails a test, with the stack, when the UI thread is kept from its work: by more than 250 ms of CPU between two
/// looks at its queue, by a lock, or by input and output.
///
/// A daemon thread samples the UI thread. Marks are queued to it one after the other: the CPU time between two of
/// them bounds what any single event, runnable or pulse in between has burnt. CPU, not wall time: a busy machine
/// must not fail a test.
///
/// ```java
/// try (var watchdog = FxWatchdog.start()) {
///     // robot input
/// } // throws AssertionError
/// ```
public final class FxWatchdog implements AutoCloseable {
    private static final Duration MOST_CPU = Duration.ofMillis(250);
    private static final long SAMPLE_MILLIS = 8;
    /// Waits shorter than this many samples in a row are the moment a lock changes hands.
    private static final int SAMPLES_OF_A_WAIT = 3;

    private static final int MOST_REPORTS = 8;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long mostCpuNanos;
    private final Thread ui;
    private final Thread sampler;
    private final List<String> reports = new ArrayList<>();
    private volatile boolean stopped;

    /// CPU time of the UI thread when it last ran a mark, and how many it ran.
    private volatile long markCpu;

    private final AtomicLong marks = new AtomicLong();
    private long reportedMark = -1;
    private int waiting;

    private FxWatchdog(Thread ui, Duration mostCpu) {
        this.ui = ui;
        mostCpuNanos = mostCpu.toNanos();
        markCpu = threads.getThreadCpuTime(ui.threadId());
        sampler = Thread.ofPlatform().daemon().name("ui-watchdog").unstarted(this::sample);
    }

    /// From any thread but the UI's.
    public static FxWatchdog start() {
        return start(MOST_CPU);
    }

    /// From any thread but the UI's.
    ///
    /// @param mostCpu that one event may burn; more than usual where much is shown for the first time by cold code
    public static FxWatchdog start(Duration mostCpu) {
        var thread = new CompletableFuture<Thread>();
        Platform.runLater(() -> thread.complete(Thread.currentThread()));
        var watchdog = new FxWatchdog(thread.join(), mostCpu);
        watchdog.sampler.start();
        return watchdog;
    }

    /// What was found so far.
    public List<String> reports() {
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }

    /// @throws AssertionError with the stacks, when something was found
    public void check() {
        var found = reports();
        if (!found.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator().repeat(2), found));
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }

    private void sample() {
        var posted = marks.get();
        mark();
        while (!stopped) {
            try {
                Thread.sleep(SAMPLE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            if (marks.get() != posted) {
                posted = marks.get();
                mark();
            }
            look();
        }
    }

    private void mark() {
        Platform.runLater(() -> {
            markCpu = threads.getCurrentThreadCpuTime();
            marks.incrementAndGet();
        });
    }

    private void look() {
        var mark = marks.get();
        var burnt = threads.getThreadCpuTime(ui.threadId()) - markCpu;
        var state = ui.getState();
        var stack = ui.getStackTrace();
        if (burnt > mostCpuNanos && mark == marks.get() && mark != reportedMark) {
            reportedMark = mark;
            report("The UI thread burnt %d ms of CPU without looking at its queue".formatted(burnt / 1_000_000), stack);
        }
        var wait = whatItWaitsFor(state, stack);
        waiting = wait == null ? 0 : waiting + 1;
        if (wait != null && (waiting == SAMPLES_OF_A_WAIT || wait.immediate)) {
            report("The UI thread waits for " + wait.what, stack);
        }
    }

    private record Wait(String what, boolean immediate) {}

    private static @Nullable Wait whatItWaitsFor(Thread.State state, StackTraceElement[] stack) {
        if (stack.length == 0 || belongsToToolkit(stack)) {
            return null;
        }
        return switch (state) {
            case BLOCKED -> new Wait("a monitor", false);
            case WAITING, TIMED_WAITING -> new Wait("a lock or another thread", false);
            case RUNNABLE -> doesInputOrOutput(stack) ? new Wait("input or output", true) : null;
            case NEW, TERMINATED -> null;
        };
    }

    /// Waiting for events and for the renderer is the toolkit's own affair; so is reading classes, fonts and styles.
    private static boolean belongsToToolkit(StackTraceElement[] stack) {
        for (var frame : stack) {
            var type = frame.getClassName();
            if (type.startsWith("jdk.internal.loader.") || type.equals("java.lang.ClassLoader")) {
                return true;
            }
            if (type.startsWith("com.sun.glass.")
                    || type.startsWith("com.sun.javafx.")
                    || type.startsWith("com.sun.prism.")
                    || type.startsWith("javafx.css.")
                    || type.startsWith("javafx.scene.text.Font")) {
                return true;
            }
            if (!isJdk(type)) {
                return false;
            }
        }
        return true;
    }

    private static boolean doesInputOrOutput(StackTraceElement[] stack) {
        if (!stack[0].isNativeMethod()) {
            return false;
        }
        var type = stack[0].getClassName();
        // Waking a selector is a write that waits for nobody; a busy machine may stop the thread in the midst of it.
        return (type.startsWith("sun.nio.ch.") && !type.equals("sun.nio.ch.EventFD"))
                || type.startsWith("sun.nio.fs.")
                || type.equals("java.io.FileInputStream")
                || type.equals("java.io.FileOutputStream")
                || type.equals("java.io.RandomAccessFile")
                || type.equals("java.io.UnixFileSystem")
                || type.equals("java.lang.ProcessImpl");
    }

    private static boolean isJdk(String type) {
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    private static String culprit(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("dev.wasmscope."))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    private void report(String what, StackTraceElement[] stack) {
        // Build logs keep the first line of a message: it names the culprit.
        var text = new StringBuilder(what).append(" in ").append(culprit(stack));
        Arrays.stream(stack)
                .limit(60)
                .forEach(frame ->
                        text.append(System.lineSeparator()).append("    at ").append(frame));
        synchronized (reports) {
            if (reports.size() < MOST_REPORTS) {
                reports.add(text.toString());
            }
        }
    }
}
