package dev.wasmscope.views.code;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFiles;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.binary.UnreadableModuleException;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.spi.Palette;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleServices;
import dev.wasmscope.views.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;

/// A workbench and a workspace for the Code tool alone: modules are read, never run.
final class CodeBench implements Workbench {
    private static final Engine ENGINE = new HostEngine(Runtimes.builtIn());

    final List<Location> visited = new ArrayList<>();
    final Workspace workspace;
    private final Background background;
    private Consumer<Location.Function> tool = _ -> {};

    CodeBench(Background background) {
        this.background = background;
        this.workspace = new Workspace(background, new Reading(), _ -> {}, _ -> {});
    }

    /// Where functions are shown, as the window would find it.
    void showFunctionsIn(Consumer<Location.Function> shower) {
        tool = shower;
    }

    @Override
    public void go(Location location) {
        visited.add(location);
        if (location instanceof Location.Function function) {
            tool.accept(function);
        }
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable OpenModule> activeModuleProperty() {
        return workspace.activeModuleProperty();
    }

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public OpenModule open(ModuleSource module, HostedInstance instance) {
        throw new UnsupportedOperationException("There is no workspace here");
    }

    @Override
    public Background background() {
        return background;
    }

    @Override
    public void show(String toolId) {}

    @Override
    public void notify(Notice notice) {}

    @Override
    public void add(Command command) {}

    @Override
    public void add(StatusItem item) {}

    @Override
    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        throw new UnsupportedOperationException("The Code tool takes its colours from CSS.");
    }

    private static final class Reading implements ModuleServices {
        @Override
        public ModuleSource read(Path file) throws UnreadableModuleException {
            return ModuleFiles.read(file);
        }

        @Override
        public SampleCatalogue samples() {
            return SampleCatalogue.load();
        }

        @Override
        public ModuleFacts facts(ModuleSource module) throws MalformedModuleException {
            return ModuleReader.read(module.bytes());
        }

        @Override
        public Optional<String> validate(ModuleSource module) {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Session> open(SessionRequest request) {
            return CompletableFuture.failedFuture(new IllegalStateException("Modules are not run here."));
        }
    }
}
