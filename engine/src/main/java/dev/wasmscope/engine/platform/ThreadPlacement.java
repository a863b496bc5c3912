package dev.wasmscope.engine.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// On which processor and with which priority threads run. Where the system does not allow it, an [IOException] says
/// so.
public final class ThreadPlacement {
    /// Low: the kernel's own real-time threads stay before it.
    private static final int PRIORITY = 1;

    private ThreadPlacement() {}

    /// The calling thread only.
    public static void pinThisThread(int processor) throws IOException {
        linux().pin(0, processor);
    }

    /// All threads that a process has now, and those they start. Java's compilers stay free: together with what they
    /// compile on one processor they would be done much later.
    public static void pinProcess(long process, int processor) throws IOException {
        var linux = linux();
        try (var threads = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            for (var thread : threads.toList()) {
                if (!CompilerTime.compiles(thread)) {
                    linux.pin(Integer.parseInt(thread.getFileName().toString()), processor);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Puts the calling thread before all usual ones until [#usualPriority()].
    ///
    /// @param longest the kernel ends this process when the thread computes for so long without waiting once, so
    ///     that a fault cannot hold a processor for ever
    public static void realTime(Duration longest) throws IOException {
        var linux = linux();
        linux.limitRealTime(longest.toNanos() / 1000);
        linux.realTime(PRIORITY);
    }

    public static void usualPriority() throws IOException {
        linux().usual();
    }

    /// Processors that the calling thread may run on, as the kernel lists them: `0-1`.
    public static String processors() {
        return Environment.field(
                Environment.text(Path.of("/proc/thread-self/status")).orElse(""), "Cpus_allowed_list");
    }

    /// The same one by one, in ascending order.
    public static List<Integer> allowed() {
        var numbers = new ArrayList<Integer>();
        for (var range : processors().split(",", -1)) {
            var ends = range.split("-", -1);
            try {
                int last = Integer.parseInt(ends[ends.length - 1]);
                for (int i = Integer.parseInt(ends[0]); i <= last; i++) {
                    numbers.add(i);
                }
            } catch (NumberFormatException e) {
                return List.of();
            }
        }
        return numbers;
    }

    /// Of the calling thread: `SCHED_OTHER`, `SCHED_FIFO`.
    public static String scheduler() {
        return Environment.scheduler(Environment.line(Path.of("/proc/thread-self/stat")));
    }

    private static LinuxThreads linux() throws IOException {
        var linux = LinuxThreads.HERE;
        if (linux == null) {
            throw new IOException("Threads can be placed on Linux only");
        }
        return linux;
    }
}
