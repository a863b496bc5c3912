package dev.wasmscope.views.console;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.SaveDialog;
import java.nio.file.Path;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Saves and loads all data of Redis in Wasm; there while one is connected.
final class SnapshotMenu extends MenuButton {
    SnapshotMenu(SnapshotModel model, Background background) {
        super(null, Icons.snapshot());
        setId("console-snapshot");
        getStyleClass().add("no-arrow");
        setMinWidth(Region.USE_PREF_SIZE);
        setAccessibleText("Snapshots");
        setTooltip(new Tooltip("Save all data as an .rdb file, or load one in its place"));
        visibleProperty().bind(model.availableProperty());
        managedProperty().bind(visibleProperty());
        getItems()
                .addAll(
                        item(
                                "console-save",
                                "Save snapshot as…",
                                () -> save(model, background, getScene().getWindow())),
                        item(
                                "console-load",
                                "Load snapshot…",
                                () -> load(model, getScene().getWindow())));
    }

    static void save(SnapshotModel model, Background background, Window owner) {
        var suggested = Path.of(System.getProperty("user.home"), "dump.rdb");
        SaveDialog.show(owner, "Save all data of Redis in Wasm", suggested, background, model::save);
    }

    static void load(SnapshotModel model, Window owner) {
        var chooser = new FileChooser();
        chooser.setTitle("Load a snapshot in place of all data");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Redis snapshots", "*.rdb"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        var chosen = chooser.showOpenDialog(owner);
        if (chosen != null) {
            model.load(chosen.toPath());
        }
    }

    private static MenuItem item(String id, String title, Runnable action) {
        var item = new MenuItem(title);
        item.setId(id);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
