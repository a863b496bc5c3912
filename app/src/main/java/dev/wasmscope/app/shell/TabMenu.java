package dev.wasmscope.app.shell;

import java.util.List;
import java.util.function.Predicate;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.dockable.DockableMenuFactory;

/// The context menu of a tab.
final class TabMenu implements DockableMenuFactory {
    private final Docking docking;

    TabMenu(Docking docking) {
        this.docking = docking;
    }

    @Override
    public ContextMenu build(Dockable dockable) {
        var id = dockable.getIdentifier();
        return new ContextMenu(
                item("Close", () -> docking.close(id)),
                item("Close others", () -> closeAll(id, other -> !other.equals(id))),
                item("Close all here", () -> closeAll(id, _ -> true)));
    }

    private void closeAll(String id, Predicate<String> which) {
        List.copyOf(docking.stackOf(id)).stream().filter(which).forEach(docking::close);
    }

    private static MenuItem item(String text, Runnable action) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
