package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.spi.Notice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A workspace on the real engine for tests without a toolkit: the test's thread is the UI thread.
public final class OpenModules implements AutoCloseable {
    public final UiQueue ui = new UiQueue();
    public final Background background = new Background(ui);
    public final Sessions sessions = new Sessions();
    public final List<Notice> notices = new ArrayList<>();
    public final List<Path> recent = new ArrayList<>();
    public final SampleCatalogue samples = SampleCatalogue.load();
    public final Workspace workspace =
            new Workspace(background, new EngineServices(sessions, samples), notices::add, recent::add);

    /// Opens a sample and waits until its session is open.
    public ModuleDocument running(String sample) {
        var document = sample(sample);
        ui.until(sample + " runs", () -> document.sessionStateProperty().get() instanceof SessionState.Open);
        return document;
    }

    /// Opens a sample and waits until it is in the list with its facts.
    public ModuleDocument sample(String name) {
        workspace.openSample(name);
        return named(name + ".wasm");
    }

    public ModuleDocument file(Path file) {
        workspace.open(file);
        return named(Objects.requireNonNull(file.getFileName()).toString());
    }

    private ModuleDocument named(String name) {
        ui.until(
                name + " is read",
                () -> workspace.modules().stream()
                        .anyMatch(module -> module.name().equals(name)
                                && !(module.factsProperty().get() instanceof Facts.Reading)));
        return workspace.modules().stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        List.copyOf(workspace.modules()).forEach(workspace::close);
        sessions.close();
        background.close();
    }
}
