package dev.wasmscope.views.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.WatText;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Parent;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An instance of a host among the user's modules.
class HostedDocumentTest extends FxTest {
    private record Clock() implements HostModule {
        @Override
        public String name() {
            return "clock";
        }

        @Override
        public List<HostFunction> functions() {
            return List.of(new HostFunction("tick", new FunctionType(List.of(), List.of()), (_, _) -> List.of()));
        }
    }

    private final Sessions sessions = new Sessions();
    private final Workspace workspace =
            new Workspace(background, new EngineServices(sessions, SampleCatalogue.load()), _ -> {}, _ -> {});

    @AfterEach
    void closeSessions() {
        onUi(() -> List.copyOf(workspace.modules()).forEach(workspace::close));
        sessions.close();
    }

    @Override
    protected Parent content() {
        return new Pane();
    }

    private void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain: " + what);
            }
            settle();
        }
    }

    @Test
    void instanceOfAHostIsLookedAtAndOutlivesTheLook() throws Exception {
        var module = WatText.module("""
                (module (import "clock" "tick" (func $tick)) (memory (export "memory") 1)
                  (func (export "run") (call $tick)))
                """);
        try (var engine = new HostEngine(sessions.runtimes());
                var instance = engine.host(HostingRequest.of(module, "filter 1 of 10", new Clock()))) {
            onUi(() -> workspace.attach(module, instance));
            var document = workspace.modules().getFirst();
            assertThat(document.name()).isEqualTo("filter 1 of 10");
            assertThat(workspace.activeProperty().get()).isSameAs(document);
            until("its session is open", () -> document.sessionProperty().get() != null);
            assertThat(document.sessionProperty().get()).isSameAs(instance.session());
            assertThat(document.stubbedProperty().get()).isEmpty();
            onUi(() -> workspace.attach(module, instance));
            assertThat(workspace.modules()).containsExactly(document);
            onUi(() -> workspace.close(document));
            assertThat(instance.call(CallRequest.of("run"))).isInstanceOf(CallOutcome.Returned.class);
        }
    }
}
