package dev.wasmscope.app.shell;

import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.views.console.ConsoleTool;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.function.Consumer;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The first start is not an empty window: a sample is open beside its memory, its best call ready
/// to be made; and Redis in Wasm, where this build has it, waits for Enter in the console.
final class FirstStart {
    private static final String SAMPLE = "strings";
    private static final String COMMAND = "SET hello world";

    private final WindowWorkbench workbench;
    private final Docking docking;
    private final SampleCatalogue samples;
    private @Nullable Subscription waiting;

    FirstStart(WindowWorkbench workbench, Docking docking, SampleCatalogue samples) {
        this.workbench = workbench;
        this.docking = docking;
        this.samples = samples;
    }

    /// Does nothing where the program was built without samples.
    void begin(Workspace workspace) {
        if (samples.find(SAMPLE).isPresent()) {
            workspace.openSample(SAMPLE, this::opened);
        }
    }

    private void opened(ModuleDocument document) {
        Consumer<SessionState> whenOpen = state -> {
            if (state instanceof SessionState.Open && waiting != null) {
                waiting.unsubscribe();
                waiting = null;
                ready(document);
            }
        };
        waiting = document.sessionStateProperty().subscribe((_, state) -> whenOpen.accept(state));
        whenOpen.accept(document.sessionStateProperty().get());
    }

    private void ready(ModuleDocument document) {
        docking.tool("memory").ifPresent(memory -> docking.reveal(memory.id()));
        samples.find(SAMPLE)
                .flatMap(sample -> sample.calls().stream().findFirst())
                .ifPresent(call -> {
                    var export = new Location.Export(document, call.export());
                    if (docking.tools().stream().anyMatch(tool -> tool.accepts(export))) {
                        workbench.go(export);
                    }
                });
        talk();
    }

    /// A command for Redis in Wasm is typed in; Enter shows where Redis keeps it.
    private void talk() {
        if (RedisModule.present() && docking.tool(ConsoleTool.ID).orElse(null) instanceof ConsoleTool console) {
            console.suggest(COMMAND);
            docking.show(ConsoleTool.ID);
        }
    }
}
