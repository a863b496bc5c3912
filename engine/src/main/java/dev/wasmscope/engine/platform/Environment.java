package dev.wasmscope.engine.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The machine and the conditions that figures were measured under. What cannot be found out is `unknown`, never
/// left out.
///
/// @param cores this process may use
/// @param governor of the CPU frequency; virtual machines usually show none
/// @param smt whether two threads share a core
/// @param virtualization the hypervisor, `none` or `unknown`
/// @param pinning processors this process may run on, as the kernel lists them: `0-1`
/// @param scheduler `SCHED_OTHER` and the like
/// @param limits of the container: CPU and memory
/// @param loadAverage of the last minute, below 0 where unknown
/// @param javaOptions of the measuring process
/// @param versions of servers and runtimes, by name
public record Environment(
        Instant taken,
        String cpu,
        int cores,
        String governor,
        String smt,
        String virtualization,
        String pinning,
        String scheduler,
        String limits,
        String kernel,
        double loadAverage,
        String java,
        List<String> javaOptions,
        Map<String, String> versions) {
    private static final String UNKNOWN = "unknown";

    public Environment {
        javaOptions = List.copyOf(javaOptions);
        versions = Map.copyOf(versions);
    }

    /// Of this machine, now.
    public static Environment read(List<String> javaOptions, Map<String, String> versions) {
        return read(Path.of("/"), javaOptions, versions);
    }

    /// @param root where `proc` and `sys` are
    static Environment read(Path root, List<String> javaOptions, Map<String, String> versions) {
        var status = text(root.resolve("proc/self/status")).orElse("");
        return new Environment(
                Instant.now(),
                cpu(text(root.resolve("proc/cpuinfo")).orElse("")),
                Runtime.getRuntime().availableProcessors(),
                line(root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
                smt(line(root.resolve("sys/devices/system/cpu/smt/active"))),
                virtualization(root),
                field(status, "Cpus_allowed_list"),
                scheduler(line(root.resolve("proc/self/stat"))),
                Cgroup.limits(root),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                load(line(root.resolve("proc/loadavg"))),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                javaOptions,
                versions);
    }

    /// With threads put on processors of their own: `client 1, native 0`.
    public Environment withPinning(String changed) {
        return new Environment(
                taken,
                cpu,
                cores,
                governor,
                smt,
                virtualization,
                changed,
                scheduler,
                limits,
                kernel,
                loadAverage,
                java,
                javaOptions,
                versions);
    }

    /// For captions: `AMD EPYC, 2 cores · Linux 6.1.0`.
    public String machine() {
        return cpu + ", " + cores + (cores == 1 ? " core" : " cores") + " · " + kernel;
    }

    static String cpu(String cpuinfo) {
        for (var name : List.of("model name", "Model", "Hardware", "cpu model")) {
            var value = field(cpuinfo, name);
            if (!value.equals(UNKNOWN)) {
                return value.replaceAll("\\s+", " ");
            }
        }
        return System.getProperty("os.arch");
    }

    private static String smt(String active) {
        return switch (active) {
            case "0" -> "off";
            case "1" -> "on";
            default -> UNKNOWN;
        };
    }

    private static String virtualization(Path root) {
        var vendor = line(root.resolve("sys/class/dmi/id/sys_vendor"));
        var flags = field(text(root.resolve("proc/cpuinfo")).orElse(""), "flags");
        boolean virtual = List.of(flags.split(" ", -1)).contains("hypervisor");
        if (flags.equals(UNKNOWN)) {
            return UNKNOWN;
        }
        return virtual ? "virtual machine" + (vendor.equals(UNKNOWN) ? "" : " (" + vendor + ")") : "none";
    }

    /// Field 41 of `/proc/self/stat`, counted behind the name, which may hold blanks.
    static String scheduler(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < 39) {
            return UNKNOWN;
        }
        return switch (fields[38]) {
            case "0" -> "SCHED_OTHER";
            case "1" -> "SCHED_FIFO";
            case "2" -> "SCHED_RR";
            case "3" -> "SCHED_BATCH";
            case "5" -> "SCHED_IDLE";
            case "6" -> "SCHED_DEADLINE";
            default -> "policy " + fields[38];
        };
    }

    private static double load(String loadavg) {
        try {
            return Double.parseDouble(loadavg.split(" ", -1)[0]);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static String field(String text, String name) {
        return text.lines()
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)) && l.indexOf(':') > 0)
                .map(l -> l.substring(l.indexOf(':') + 1).strip())
                .filter(v -> !v.isEmpty())
                .findFirst()
                .orElse(UNKNOWN);
    }

    static String line(Path file) {
        return text(file).map(String::strip).filter(t -> !t.isEmpty()).orElse(UNKNOWN);
    }

    static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            // Files of the kernel may be there and still refuse to be read.
            return Optional.empty();
        }
    }
}
