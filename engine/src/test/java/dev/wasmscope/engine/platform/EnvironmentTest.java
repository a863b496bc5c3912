package dev.wasmscope.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    Path root;

    @Test
    void kernelFilesAreReadAsTheyStand() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some  CPU\t@ 3 GHz\nflags\t\t: fpu hypervisor sse\n");
        file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-1\n");
        file("proc/self/stat", "7 (a (odd) name) S " + "0 ".repeat(37) + "3 0 0\n");
        file("proc/self/cgroup", "0::/box\n");
        file("proc/loadavg", "1.25 0.5 0.1 1/100 4242\n");
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        file("sys/devices/system/cpu/smt/active", "1\n");
        file("sys/fs/cgroup/box/cpu.max", "150000 100000\n");
        file("sys/fs/cgroup/box/memory.max", "1073741824\n");
        var environment = Environment.read(root, List.of("-XX:+UseSerialGC"), Map.of("redis", "7.0.15"));
        assertThat(environment.cpu()).isEqualTo("Some CPU @ 3 GHz");
        assertThat(environment.virtualization()).isEqualTo("virtual machine");
        assertThat(environment.pinning()).isEqualTo("0-1");
        assertThat(environment.scheduler()).isEqualTo("SCHED_BATCH");
        assertThat(environment.governor()).isEqualTo("performance");
        assertThat(environment.smt()).isEqualTo("on");
        assertThat(environment.limits()).isEqualTo("1.5 CPUs, 1024 MiB");
        assertThat(environment.loadAverage()).isEqualTo(1.25);
        assertThat(environment.machine()).startsWith("Some CPU @ 3 GHz, ").contains("core");
    }

    @Test
    void groupWithoutLimitsHasNone() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        file("sys/fs/cgroup/cpu.max", "max 100000\n");
        file("sys/fs/cgroup/memory.max", "max\n");
        assertThat(Environment.read(root, List.of(), Map.of()).limits()).isEqualTo("none");
    }

    @Test
    void whatCannotBeFoundOutIsUnknown() throws IOException {
        file("proc/loadavg", "nonsense\n");
        file("proc/self/stat", "7 (java) S 1 2\n");
        var environment = Environment.read(root, List.of(), Map.of());
        assertThat(List.of(
                        environment.governor(),
                        environment.smt(),
                        environment.pinning(),
                        environment.scheduler(),
                        environment.limits(),
                        environment.virtualization()))
                .containsOnly("unknown");
        assertThat(environment.loadAverage()).isNegative();
        assertThat(environment.cpu()).isNotBlank();
    }

    private void file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
