package dev.wasmscope.plugins.redisshm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What processes leave behind, or hold, as the system tells it.
final class Traces {
    private Traces() {}

    /// Rings that a process has mapped.
    static long rings(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/maps".formatted(pid)))) {
            return lines.filter(line -> line.contains("memfd:wasmscope-ring")).count();
        }
    }

    static int descriptors(long pid) throws IOException {
        return list(Path.of("/proc/%d/fd".formatted(pid))).size();
    }

    static int threads(long pid) throws IOException {
        return list(Path.of("/proc/%d/task".formatted(pid))).size();
    }

    /// In KiB.
    static long memory(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    /// Names of files that several processes can see.
    static List<Path> sharedFiles() throws IOException {
        return list(Path.of("/dev/shm"));
    }

    /// Threads of this process that belong to a connection.
    static List<String> connectionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("redis-reader") || name.startsWith("shm-"))
                .toList();
    }

    static List<Path> list(Path folder) throws IOException {
        var all = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder)) {
            entries.forEach(all::add);
        }
        return all;
    }
}
