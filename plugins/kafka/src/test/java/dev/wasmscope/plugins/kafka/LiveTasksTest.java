package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the window's tool starts, with a broker of its own.
class LiveTasksTest {
    @Test
    void messagesGrowWhileTasksAreProducedAndNothingIsLeftBehind() throws Exception {
        assumeTrue(
                SampleCatalogue.load().find("messages").isPresent(),
                "The sample messages was not built: clang-19 is missing.");
        try (var engine = new HostEngine(Runtimes.builtIn())) {
            var choice = new LiveTasks.Choice(
                    engine.read("sample:messages"), "", "tasks", "group", 2, Optional.empty(), NetworkGrants.NONE);
            var tasks = LiveTasks.start(engine, choice);
            try (tasks) {
                assertThat(tasks.look().workers()).hasSize(2);
                tasks.produce(List.of("k\t{\"message\":\"Hello\"}", "k\t{\"message\":\"Wasm!\"}"));
                var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
                while (!tasks.look().messages().equals("Hello\nWasm!\n")) {
                    assertThat(System.nanoTime()).as(tasks.look().toString()).isLessThan(end);
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                assertThat(tasks.look().failure()).isEmpty();
            }
            assertThat(Files.exists(tasks.guestFolder())).isFalse();
        }
    }
}
