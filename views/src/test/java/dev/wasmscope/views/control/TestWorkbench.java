package dev.wasmscope.views.control;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
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
import dev.wasmscope.views.workspace.OpenModules;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// A workbench without a window: remembers what a tool asked of it.
public final class TestWorkbench implements Workbench {
    private static final Engine ENGINE = new HostEngine(Runtimes.builtIn());

    public final ObjectProperty<@Nullable OpenModule> activeModule = new SimpleObjectProperty<>();
    public final List<Location> locations = new ArrayList<>();
    public final List<String> shown = new ArrayList<>();
    public final List<Notice> notices = new ArrayList<>();
    public final List<Command> commands = new ArrayList<>();
    public final List<StatusItem> statusItems = new ArrayList<>();
    private final Background background;
    private final ReadOnlyObjectWrapper<Palette> palette = new ReadOnlyObjectWrapper<>(grey());

    public TestWorkbench(Background background) {
        this.background = background;
    }

    /// @param probe put it into the test's scene where colours matter
    public TestWorkbench(Background background, PaletteProbe probe) {
        this(background);
        palette.bind(probe.paletteProperty());
    }

    /// One whose active module is a workspace's.
    public static TestWorkbench of(Workspace workspace, Background background) {
        var workbench = new TestWorkbench(background);
        workbench.activeModule.bind(workspace.activeModuleProperty());
        return workbench;
    }

    public static TestWorkbench of(OpenModules open) {
        return of(open.workspace, open.background);
    }

    /// Follows a theme, where the test comes to have one.
    public void follow(ReadOnlyObjectProperty<Palette> real) {
        palette.bind(real);
    }

    private static Palette grey() {
        var c = Color.GRAY;
        return new Palette(true, c, c, c, c, c, c, c, c, c, c, c, c);
    }

    /// Runs a command as the window would: only while it is enabled.
    public void run(String commandId) {
        var command = commands.stream()
                .filter(candidate -> candidate.id().equals(commandId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No tool added the command " + commandId));
        if (command.enabled().get()) {
            command.action().run();
        }
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable OpenModule> activeModuleProperty() {
        return activeModule;
    }

    @Override
    public void go(Location location) {
        locations.add(location);
    }

    @Override
    public void show(String toolId) {
        shown.add(toolId);
    }

    @Override
    public void notify(Notice notice) {
        notices.add(notice);
    }

    @Override
    public void add(Command command) {
        commands.add(command);
    }

    @Override
    public void add(StatusItem item) {
        statusItems.add(item);
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
    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette.getReadOnlyProperty();
    }
}
