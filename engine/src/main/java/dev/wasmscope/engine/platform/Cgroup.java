package dev.wasmscope.engine.platform;

import java.nio.file.Path;
import java.util.Locale;

/// Limits that a container sets, as control groups of version 2 state them.
final class Cgroup {
    private Cgroup() {}

    /// `2 CPUs, 4096 MiB`, `none`, or `unknown` where there are no such groups.
    static String limits(Path root) {
        var own = Environment.text(root.resolve("proc/self/cgroup"))
                .flatMap(t -> t.lines().filter(l -> l.startsWith("0::/")).findFirst())
                .map(l -> l.substring("0::/".length()))
                .orElse("");
        var group = root.resolve("sys/fs/cgroup").resolve(own);
        var cpu = cpus(Environment.line(group.resolve("cpu.max")));
        var memory = memory(Environment.line(group.resolve("memory.max")));
        if (cpu.isEmpty() && memory.isEmpty()) {
            return Environment.text(group.resolve("cgroup.controllers")).isPresent() ? "none" : "unknown";
        }
        return cpu.isEmpty() || memory.isEmpty() ? cpu + memory : cpu + ", " + memory;
    }

    /// `cpu.max` is `QUOTA PERIOD` in microseconds or `max PERIOD`.
    private static String cpus(String max) {
        var parts = max.split(" ", -1);
        try {
            return parts.length == 2 && !parts[0].equals("max")
                    ? String.format(
                            Locale.ROOT, "%.1f CPUs", Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]))
                    : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static String memory(String max) {
        try {
            return Long.parseLong(max) / (1 << 20) + " MiB";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
