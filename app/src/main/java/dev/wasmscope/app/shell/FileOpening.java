package dev.wasmscope.app.shell;

import dev.wasmscope.app.settings.Settings;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.workspace.Workspace;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The ways a module gets into the window: dialog, drop, recent list, samples, command line.
final class FileOpening {
    private final Workspace workspace;
    private final Settings settings;
    private final Consumer<Notice> notices;

    FileOpening(Workspace workspace, Settings settings, Consumer<Notice> notices) {
        this.workspace = workspace;
        this.settings = settings;
        this.notices = notices;
    }

    /// @param names paths and `sample:NAME`
    void open(List<String> names) {
        for (var name : names) {
            if (name.startsWith(SampleCatalogue.PREFIX)) {
                workspace.openSample(name.substring(SampleCatalogue.PREFIX.length()));
            } else {
                try {
                    workspace.open(Path.of(name));
                } catch (InvalidPathException e) {
                    notices.accept(Notice.error("\"%s\" is not a path: %s.".formatted(name, e.getReason())));
                }
            }
        }
    }

    void choose(@Nullable Window owner) {
        var chooser = new FileChooser();
        chooser.setTitle("Open module");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("WebAssembly modules", "*.wasm"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        settings.recent().stream()
                .map(Path::getParent)
                .filter(folder -> folder != null && folder.toFile().isDirectory())
                .findFirst()
                .ifPresent(folder -> chooser.setInitialDirectory(folder.toFile()));
        var chosen = chooser.showOpenMultipleDialog(owner);
        if (chosen != null) {
            chosen.stream().map(File::toPath).forEach(workspace::open);
        }
    }

    /// Files dropped anywhere on the window are opened. Seen before the docking sees it, which takes every drag above
    /// its panes for one of its own.
    void acceptDrops(Scene scene) {
        scene.addEventFilter(DragEvent.DRAG_OVER, event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        scene.addEventFilter(DragEvent.DRAG_DROPPED, event -> {
            if (event.getDragboard().hasFiles()) {
                event.getDragboard().getFiles().stream().map(File::toPath).forEach(workspace::open);
                event.setDropCompleted(true);
                event.consume();
            }
        });
    }

    Menu recentMenu() {
        var menu = new Menu("Open Recent");
        menu.setId("menu-recent");
        Runnable fill = () -> {
            menu.getItems().clear();
            for (var file : settings.recent()) {
                menu.getItems().add(item(file.toString(), () -> workspace.open(file)));
            }
            menu.setDisable(menu.getItems().isEmpty());
            if (!menu.getItems().isEmpty()) {
                menu.getItems().addAll(new SeparatorMenuItem(), item("Forget These", settings::forgetRecent));
            }
        };
        settings.recent().subscribe(fill);
        fill.run();
        return menu;
    }

    Menu sampleMenu(SampleCatalogue samples) {
        var menu = new Menu("Samples");
        menu.setId("menu-samples");
        for (var sample : samples.samples()) {
            menu.getItems()
                    .add(item(sample.name() + "   " + sample.title(), () -> workspace.openSample(sample.name())));
        }
        menu.setDisable(menu.getItems().isEmpty());
        return menu;
    }

    private static MenuItem item(String text, Runnable action) {
        var item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
