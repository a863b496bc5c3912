package dev.wasmscope.app.shell;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.spi.Palette;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Trail;
import dev.wasmscope.views.workspace.Workspace;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The window as its tools see it.
final class WindowWorkbench implements Workbench {
    private final Background background;
    private final Workspace workspace;
    private final Docking docking;
    private final Notifications notifications;
    private final ReadOnlyObjectProperty<Palette> palette;
    private final Engine engine;
    private final Commands commands = new Commands();
    private final Trail<Location> trail = new Trail<>();
    private final ObservableList<StatusItem> statusItems = FXCollections.observableArrayList();
    private final ObservableList<StatusItem> statusItemsView = FXCollections.unmodifiableObservableList(statusItems);

    WindowWorkbench(
            Background background,
            Workspace workspace,
            Docking docking,
            Notifications notifications,
            ReadOnlyObjectProperty<Palette> palette,
            Engine engine) {
        this.background = background;
        this.workspace = workspace;
        this.docking = docking;
        this.notifications = notifications;
        this.palette = palette;
        this.engine = engine;
        workspace.modules().addListener((ListChangeListener<ModuleDocument>) change -> {
            while (change.next()) {
                trail.forget(place -> change.getRemoved().contains(place.module()));
            }
        });
    }

    Commands commands() {
        return commands;
    }

    Trail<Location> trail() {
        return trail;
    }

    ObservableList<StatusItem> statusItems() {
        return statusItemsView;
    }

    void back() {
        trail.back().ifPresent(this::open);
    }

    void forward() {
        trail.forward().ifPresent(this::open);
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable OpenModule> activeModuleProperty() {
        return workspace.activeModuleProperty();
    }

    @Override
    public void go(Location location) {
        if (open(location)) {
            trail.visit(location);
        }
    }

    @Override
    public void show(String toolId) {
        docking.show(toolId);
    }

    @Override
    public void notify(Notice notice) {
        notifications.add(notice);
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
    public Background background() {
        return background;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public OpenModule open(ModuleSource module, HostedInstance instance) {
        return workspace.attach(module, instance);
    }

    @Override
    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette;
    }

    private boolean open(Location location) {
        if (location.module() instanceof ModuleDocument document) {
            workspace.activate(document);
        }
        var tool = docking.tools().stream()
                .filter(candidate -> candidate.accepts(location))
                .findFirst();
        tool.ifPresent(found -> {
            docking.show(found.id());
            found.open(location);
        });
        if (tool.isEmpty()) {
            notify(new Notice(
                    Notice.Level.WARNING,
                    "No tool of this window can show %s.".formatted(name(location)),
                    Optional.empty()));
        }
        return tool.isPresent();
    }

    private static String name(Location location) {
        return switch (location) {
            case Location.Function(var _, var index, var _) -> "function " + index;
            case Location.Memory(var _, var memory, var address, var _) ->
                "address 0x%x of memory %d".formatted(address, memory);
            case Location.FileBytes(var _, var offset, var _) -> "byte 0x%x of the file".formatted(offset);
            case Location.Import(var _, var position) -> "import " + position;
            case Location.Export(var _, var name) -> "the export " + name;
        };
    }
}
