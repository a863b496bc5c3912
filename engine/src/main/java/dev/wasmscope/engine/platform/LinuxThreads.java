package dev.wasmscope.engine.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Calls of Linux about processor time, processors and priorities of threads, which Java has no class for.
final class LinuxThreads {
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final int SCHED_RESET_ON_FORK = 0x40000000;
    private static final int RLIMIT_RTTIME = 15;
    /// Bytes of a processor set: 1,024 processors.
    private static final int SET_BYTES = 128;
    // The clock of a process's processor time: its id inverted, shifted by three, and 2 for the scheduler's clock.
    private static final int CLOCK_OF_PROCESS = 2;
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /// Null where the system is another one.
    static final @Nullable LinuxThreads HERE =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux") ? new LinuxThreads() : null;

    private final MethodHandle clockGettime;
    private final MethodHandle setAffinity;
    private final MethodHandle setScheduler;
    private final MethodHandle setLimit;

    private LinuxThreads() {
        var i = ValueLayout.JAVA_INT;
        var p = ValueLayout.ADDRESS;
        clockGettime = handle("clock_gettime", i, p);
        setAffinity = handle("sched_setaffinity", i, ValueLayout.JAVA_LONG, p);
        setScheduler = handle("sched_setscheduler", i, i, p);
        setLimit = handle("setrlimit", i, p);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /// Processor time of all threads of a process up to now, those that run included.
    ///
    /// @return nanoseconds, or -1 when there is no such process
    long processNanos(long process) {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            int clock = (int) (~process << 3) | CLOCK_OF_PROCESS;
            int result =
                    (int) clockGettime.invokeExact(arena.allocate(Linker.Option.captureStateLayout()), clock, time);
            return result != 0
                    ? -1
                    : time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
                            + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// @param thread its id, 0 for the calling one
    void pin(int thread, int processor) throws IOException {
        if (processor < 0 || processor >= SET_BYTES * 8) {
            throw new IllegalArgumentException("A processor is 0 to " + (SET_BYTES * 8 - 1) + ", not " + processor);
        }
        try (var arena = Arena.ofConfined()) {
            var set = arena.allocate(SET_BYTES, 8);
            set.set(ValueLayout.JAVA_BYTE, processor / 8, (byte) (1 << processor % 8));
            var errno = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) setAffinity.invokeExact(errno, thread, (long) SET_BYTES, set);
            require(result, errno, "Processor " + processor + " is not to be had");
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /// The calling thread before all usual ones; what it starts is usual again.
    void realTime(int priority) throws IOException {
        schedule(SCHED_FIFO | SCHED_RESET_ON_FORK, priority, "Real-time priority is not allowed");
    }

    void usual() throws IOException {
        schedule(SCHED_OTHER, 0, "The usual priority is not to be had");
    }

    private void schedule(int policy, int priority, String otherwise) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var parameter = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
            var errno = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) setScheduler.invokeExact(errno, 0, policy, parameter);
            require(result, errno, otherwise);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /// Ends this process when a real-time thread of it computes for so long without ever waiting.
    void limitRealTime(long micros) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var limit = arena.allocateFrom(ValueLayout.JAVA_LONG, micros, micros);
            var errno = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) setLimit.invokeExact(errno, RLIMIT_RTTIME, limit);
            require(result, errno, "No limit can be set to real-time threads");
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    private static void require(int result, MemorySegment errno, String otherwise) throws IOException {
        if (result != 0) {
            throw new IOException("%s (errno %d)".formatted(otherwise, (int) ERRNO.get(errno, 0L)));
        }
    }

    private static IOException rethrown(Throwable thrown) {
        return thrown instanceof IOException failed ? failed : new IOException(unexpected(thrown));
    }

    private static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException unexpected -> throw unexpected;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }
}
