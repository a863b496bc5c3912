package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processors that were written with the kits for C and AssemblyScript, under the contract's host.
class KitProcessorTest {
    @ParameterizedTest
    @ValueSource(strings = {"task-tally", "task-tally-as"})
    void everyTaskIsTakenOnce(String sample) throws InstantiationFailedException {
        var handover = new TaskHandover();
        try (var engine = new HostEngine(Runtimes.builtIn());
                var guest = engine.host(HostingRequest.of(module(engine, sample), sample, handover)
                        .withWasi(WasiGrants.NONE))) {
            for (var i = 1; i <= 1_000; i++) {
                handover.offer("a task, grüße".getBytes(StandardCharsets.UTF_8));
                assertThat(guest.call(CallRequest.of("run"))).isInstanceOf(CallOutcome.Returned.class);
                assertThat(handover.refusal()).isNull();
            }
            assertThat(number(guest, "tasks")).isEqualTo(1_000);
            assertThat(number(guest, "bytes")).isEqualTo(15_000);

            handover.offer("trap".getBytes(StandardCharsets.UTF_8));
            assertThat(guest.call(CallRequest.of("run"))).isInstanceOf(CallOutcome.Trapped.class);
            handover.offer(new byte[(1 << 20) + 1]);
            assertThat(guest.call(CallRequest.of("run"))).isInstanceOf(CallOutcome.Trapped.class);
            assertThat(handover.refusal()).contains("holds 1048576");
        }
    }

    private static ModuleSource module(Engine engine, String sample) {
        try {
            return engine.read("sample:" + sample);
        } catch (IOException e) {
            return abort(String.valueOf(e.getMessage()));
        }
    }

    private static long number(HostedInstance guest, String export) {
        return guest.call(CallRequest.of(export)) instanceof CallOutcome.Returned(var results, var _)
                ? results.getFirst().low()
                : -1;
    }
}
