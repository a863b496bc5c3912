package dev.wasmscope.views.latency;

import atlantafx.base.theme.Styles;
import dev.wasmscope.views.control.Icons;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/// Everything that takes a run out of the window, and back.
final class ExportMenu extends MenuButton {
    static final List<String> CHARTS = List.of("png", "svg", "pdf");
    static final List<String> NUMBERS = List.of("csv", "json", "hgrm", "zip");

    /// @param something whether there is anything to export
    /// @param slide larger letters, for the pictures
    ExportMenu(
            ObservableValue<Boolean> something,
            BooleanProperty slide,
            Consumer<String> export,
            Runnable copyPicture,
            Runnable copyCommand,
            Runnable open) {
        super(null, Icons.download());
        setId("latency-export");
        getStyleClass().addAll(Styles.FLAT, "no-arrow");
        setAccessibleText("Export, copy, open");
        setTooltip(new Tooltip("Export, copy, open"));
        setMinWidth(Region.USE_PREF_SIZE);
        CHARTS.forEach(format -> add(something, format, Icons.image(), export));
        var large = new CheckMenuItem("Large type, for slides");
        large.setId("latency-slide");
        large.selectedProperty().bindBidirectional(slide);
        getItems().addAll(large, new SeparatorMenuItem());
        NUMBERS.forEach(format -> add(something, format, Icons.table(), export));
        getItems().add(new SeparatorMenuItem());
        var picture = item("latency-copy-picture", "Copy picture", Icons.copy(), copyPicture);
        picture.disableProperty().bind(something.map(b -> !b));
        getItems()
                .addAll(
                        picture,
                        item("latency-copy-command", "Copy command", Icons.command(), copyCommand),
                        new SeparatorMenuItem(),
                        item("latency-open", "Open bundle or import…", Icons.folder(), open));
    }

    private void add(ObservableValue<Boolean> something, String format, Node icon, Consumer<String> export) {
        var title = title(format);
        var item = item("latency-export-" + format, title + "…", icon, () -> export.accept(format));
        item.disableProperty().bind(something.map(b -> !b));
        getItems().add(item);
    }

    static String title(String format) {
        return switch (format) {
            case "hgrm" -> ".hgrm";
            case "zip" -> "Bundle";
            default -> format.toUpperCase(Locale.ROOT);
        };
    }

    private static MenuItem item(String id, String title, Node icon, Runnable action) {
        var item = new MenuItem(title, icon);
        item.setId(id);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
