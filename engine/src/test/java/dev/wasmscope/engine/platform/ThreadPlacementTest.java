package dev.wasmscope.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ThreadPlacementTest {
    @Test
    void pinnedThreadStaysThereAloneAndOthersAreFree() throws Exception {
        var before = ThreadPlacement.processors();
        var last = ThreadPlacement.allowed().getLast();
        var seen = new AtomicReference<String>();
        var pinned = Thread.ofPlatform().name("pinned").start(() -> {
            try {
                ThreadPlacement.pinThisThread(last);
                seen.set(ThreadPlacement.processors());
            } catch (IOException e) {
                seen.set(e.toString());
            }
        });
        pinned.join();
        assertThat(seen.get()).isEqualTo(last.toString());
        assertThat(ThreadPlacement.processors()).isEqualTo(before);
    }

    @Test
    void processorThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ThreadPlacement.pinThisThread(1000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Processor 1000 is not to be had");
        assertThatThrownBy(() -> ThreadPlacement.pinThisThread(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherProcessIsPinnedWithAllItsThreads() throws Exception {
        var first = ThreadPlacement.allowed().getFirst();
        var sleeping = new ProcessBuilder("sleep", "30").start();
        try {
            ThreadPlacement.pinProcess(sleeping.pid(), first);
            var status = Environment.text(java.nio.file.Path.of("/proc/" + sleeping.pid() + "/status"))
                    .orElse("");
            assertThat(Environment.field(status, "Cpus_allowed_list")).isEqualTo(first.toString());
        } finally {
            sleeping.destroyForcibly();
        }
    }

    @Test
    void processorTimeOfAnotherProcessGrowsWhileItComputes() throws Exception {
        var computing = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            long before = ProcessorTime.ofProcess(computing.pid());
            long after = before;
            while (after < before + 20_000_000) {
                Thread.sleep(1);
                after = ProcessorTime.ofProcess(computing.pid());
                assertThat(after).isGreaterThanOrEqualTo(before);
            }
        } finally {
            computing.destroyForcibly().onExit().join();
        }
        assertThat(ProcessorTime.ofProcess(computing.pid())).isEqualTo(-1);
    }
}
