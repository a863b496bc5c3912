package dev.wasmscope.plugins.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.plugins.gateway.Modules;
import dev.wasmscope.views.background.Background;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The model with real gateways; this thread is the one of the user interface.
class GatewayViewModelTest {
    private final HostEngine engine = Modules.engine();
    private final LinkedBlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final Background background = new Background(ui::add);
    private final GatewayViewModel model = new GatewayViewModel(engine, background);

    @BeforeEach
    void anyPort() {
        model.listenProperty().set("127.0.0.1:0");
        model.timeoutProperty().set("20s");
    }

    @AfterEach
    void close() throws InterruptedException {
        model.stop();
        until(() -> model.stateProperty().get() instanceof GatewayViewModel.State.Stopped);
        background.close();
        engine.close();
    }

    private void until(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time this may take").isLessThan(end);
            var next = ui.poll(50, TimeUnit.MILLISECONDS);
            if (next != null) {
                next.run();
            }
        }
    }

    private void started(ModuleSource module) throws InterruptedException {
        model.start(module);
        until(() -> !(model.stateProperty().get() instanceof GatewayViewModel.State.Starting));
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.stateProperty().get()).isInstanceOf(GatewayViewModel.State.Running.class);
    }

    private LiveGateway.Look look() {
        var look = model.lookProperty().get();
        if (look == null) {
            throw new AssertionError("Nothing is shown.");
        }
        return look;
    }

    @Test
    void whatIsSentIsAnsweredAndCounted() throws Exception {
        started(Modules.stamping('A'));
        model.targetProperty().set("hello?x=1");
        model.send();
        until(() -> !model.answerProperty().get().isEmpty());
        assertThat(model.answerProperty().get())
                .startsWith("HTTP/1.1 200 OK\n")
                .contains("\nX-Version: A\n", "\n\nGET /hello?x=1\n");
        model.send(20);
        until(() -> look().requests() == 21);
        assertThat(look().results()).containsEntry("", 42L);
        assertThat(look().recent()).hasSize(21).allMatch(passed -> passed.status() == 200);
    }

    @Test
    void aSwapGivesNewRequestsTheOtherModule() throws Exception {
        started(Modules.stamping('A'));
        var said = new ArrayList<String>();
        model.swap(Modules.stamping('B'), said::add);
        until(() -> !said.isEmpty());
        assertThat(said).containsExactly("B.wasm is version 2 now.");
        model.send();
        until(() -> !model.answerProperty().get().isEmpty());
        assertThat(model.answerProperty().get()).contains("\nX-Version: B\n");

        model.swap(new ModuleSource("bad.wasm", Optional.empty(), new byte[] {1, 2}), said::add);
        until(() -> !model.problemProperty().get().isEmpty());
        assertThat(model.problemProperty().get()).startsWith("bad.wasm").endsWith(" The version before it stays.");
        assertThat(said).hasSize(1);
    }

    @Test
    void anInstanceCanBeLookedAt() throws Exception {
        started(Modules.stamping('A'));
        var look = model.instance().orElseThrow();
        assertThat(look.title()).startsWith("A.wasm v1, instance ");
        assertThat(look.instance()
                        .session()
                        .read(0, 16, 4)
                        .get(20, TimeUnit.SECONDS)
                        .bytes())
                .containsExactly(10, 0, 0, 0);
    }

    @Test
    void whatCannotBeStartedIsSaid() throws Exception {
        model.listenProperty().set("nowhere");
        model.start(Modules.stamping('A'));
        until(() -> !model.problemProperty().get().isEmpty());
        assertThat(model.problemProperty().get()).isEqualTo("\"Listens at\" wants HOST:PORT, not \"nowhere\".");
        assertThat(model.stateProperty().get()).isInstanceOf(GatewayViewModel.State.Stopped.class);

        model.listenProperty().set("127.0.0.1:0");
        model.start(Modules.module("empty.wasm", "(module)"));
        until(() -> !model.problemProperty().get().isEmpty());
        assertThat(model.problemProperty().get()).startsWith("empty.wasm exports no function wasm_run");
    }
}
