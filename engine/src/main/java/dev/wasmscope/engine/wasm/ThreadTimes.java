package dev.wasmscope.engine.wasm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// What threads do, seen from outside.
interface ThreadTimes {
    /// Nanoseconds of a processor since the thread began; negative where nobody knows: virtual threads.
    long used(Thread thread);

    /// Whether it waits for something other than a processor. Locks do not count: who holds one may be without a
    /// processor.
    boolean waits(Thread thread);

    /// What the system says; a question takes a microsecond.
    final class OfMachine implements ThreadTimes {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        @Override
        public long used(Thread thread) {
            return thread.isVirtual() || !threads.isThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()
                    ? -1
                    : threads.getThreadCpuTime(thread.threadId());
        }

        @Override
        public boolean waits(Thread thread) {
            var state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }
    }
}
