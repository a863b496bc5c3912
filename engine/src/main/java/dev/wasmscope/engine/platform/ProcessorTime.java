package dev.wasmscope.engine.platform;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/// How long processors have worked.
public final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /// Nanoseconds of the calling thread.
    public static long ofThisThread() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /// Nanoseconds of all threads of a process since it began; exact on Linux, elsewhere in steps of the system's.
    ///
    /// @return -1 where it cannot be known: there is no such process, or it is another user's
    public static long ofProcess(long id) {
        var linux = LinuxThreads.HERE;
        if (linux != null) {
            return linux.processNanos(id);
        }
        return ProcessHandle.of(id)
                .flatMap(p -> p.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(-1L);
    }
}
