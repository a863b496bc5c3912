package dev.wasmscope.plugins.redisshm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What processes leave behind, or hold, as the system tells it.
final class Traces {
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    private Traces() {}

    /// Rings that a process has mapped.
    static long rings(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/maps".formatted(pid)))) {
            return lines.filter(line -> line.contains("memfd:wasmscope-ring")).count();
        }
    }

    /// Processes that this one has begun, and theirs.
    static Set<Long> descendants() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
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

    /// What a JVM still needs after a collection, in KiB. Its process keeps more, which it may fill first.
    static long liveHeap(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        var used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd does not say what the heap of process %d holds".formatted(pid));
        }
        return Long.parseLong(used.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        return said;
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
