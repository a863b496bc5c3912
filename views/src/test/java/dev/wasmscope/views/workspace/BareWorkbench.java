package dev.wasmscope.views.workspace;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.spi.Palette;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.spi.Workbench;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// A window that only writes down what tools ask of it.
public final class BareWorkbench implements Workbench {
    public final List<Location> places = new ArrayList<>();
    public final List<String> shown = new ArrayList<>();
    public final List<Notice> notices = new ArrayList<>();
    public final List<Command> commands = new ArrayList<>();
    public final List<StatusItem> statusItems = new ArrayList<>();

    private final Workspace workspace;
    private final Background background;
    private final ReadOnlyObjectWrapper<Palette> palette = new ReadOnlyObjectWrapper<>(grey());

    public BareWorkbench(OpenModules open) {
        this(open.workspace, open.background);
    }

    public BareWorkbench(Workspace workspace, Background background) {
        this.workspace = workspace;
        this.background = background;
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable OpenModule> activeModuleProperty() {
        return workspace.activeModuleProperty();
    }

    @Override
    public void go(Location location) {
        places.add(location);
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
    public Background background() {
        return background;
    }

    @Override
    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette.getReadOnlyProperty();
    }

    /// Follows a theme, where the test has one.
    public void follow(ReadOnlyObjectProperty<Palette> real) {
        palette.bind(real);
    }

    private static Palette grey() {
        var c = Color.GRAY;
        return new Palette(true, c, c, c, c, c, c, c, c, c, c, c, c);
    }
}
