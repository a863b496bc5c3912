package dev.wasmscope.engine.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How long Java's compilers have worked in a process, told by the names of its threads. Linux.
public final class CompilerTime {
    private static final long TICK_NANOS = 10_000_000;
    /// Of user and system time in a thread's `stat`, counted from behind its name.
    private static final int USER_TIME = 11;

    private CompilerTime() {}

    /// Nanoseconds of all compiler threads that there are, in steps of 10 ms; one that ended takes its time along.
    ///
    /// @return empty for a process without such threads, where there is no such process, and on other systems
    public static OptionalLong ofProcess(long process) {
        var tasks = Path.of("/proc", Long.toString(process), "task");
        if (!Files.isDirectory(tasks)) {
            return OptionalLong.empty();
        }
        try (var threads = Files.list(tasks)) {
            return threads.filter(CompilerTime::compiles)
                    .mapToLong(CompilerTime::nanos)
                    .reduce(Long::sum);
        } catch (IOException | UncheckedIOException e) {
            // It has just ended.
            return OptionalLong.empty();
        }
    }

    /// @param thread its directory below `/proc`
    static boolean compiles(Path thread) {
        var name = Environment.line(thread.resolve("comm"));
        return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    }

    private static long nanos(Path thread) {
        var stat = Environment.text(thread.resolve("stat")).orElse("");
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        // A thread that has ended meanwhile has no fields.
        return fields.length <= USER_TIME + 1
                ? 0
                : (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) * TICK_NANOS;
    }
}
