package dev.wasmscope.plugins.strings;

import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A filter above a table of strings.
final class StringsView {
    private static final int MINIMUM = 4;

    private final Workbench workbench;
    private final ObservableList<FoundString> strings = FXCollections.observableArrayList();
    private final FilteredList<FoundString> shown = new FilteredList<>(strings);
    private final TableView<FoundString> table = new TableView<>(shown);
    private final TextField filter = new TextField();
    private final Label count = new Label();
    private final Label placeholder = new Label();
    private final BorderPane pane = new BorderPane(table);
    private @Nullable RunningTask scanning;

    StringsView(Workbench workbench) {
        this.workbench = workbench;
        table.setId("strings-table");
        table.setPlaceholder(placeholder);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(List.of(
                        column("Offset", 100, string -> "0x%08x".formatted(string.offset())),
                        column("Address", 100, StringsView::address),
                        column("Bytes", 70, string -> String.valueOf(string.length())),
                        column("Text", 600, string -> StringsVerb.oneLine(string.text()))));
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                go();
            }
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go();
                event.consume();
            }
        });
        filter.setId("strings-filter");
        filter.setPromptText("Filter strings");
        filter.textProperty().subscribe(this::narrow);
        HBox.setHgrow(filter, Priority.ALWAYS);
        count.getStyleClass().add("dim");
        count.setMinWidth(Region.USE_PREF_SIZE);
        var tools = new HBox(filter, count);
        tools.getStyleClass().add("tool-row");
        pane.setTop(tools);
        workbench.activeModuleProperty().subscribe(this::scan);
    }

    Node node() {
        return pane;
    }

    void focus() {
        filter.requestFocus();
    }

    private void scan(@Nullable OpenModule module) {
        if (scanning != null) {
            scanning.cancel();
        }
        strings.clear();
        count.setText("");
        if (module == null) {
            placeholder.setText("Open a module to see the strings in its data.");
            return;
        }
        placeholder.setText("Reading…");
        scanning = workbench
                .background()
                .start(
                        "Listing strings of " + module.source().name(),
                        _ -> StringScan.scan(module.source().bytes(), MINIMUM),
                        result -> show(module, result));
    }

    private void show(OpenModule module, Result<List<FoundString>> result) {
        if (!module.equals(workbench.activeModuleProperty().get())) {
            return;
        }
        switch (result) {
            case Result.Ok<List<FoundString>>(var found) -> {
                strings.setAll(found);
                placeholder.setText("The data of %s holds no string of %d characters or more."
                        .formatted(module.source().name(), MINIMUM));
            }
            case Result.Failed<List<FoundString>>(var cause) -> placeholder.setText(cause.getMessage() + ".");
            case Result.Cancelled<List<FoundString>> _ -> placeholder.setText("The list was cancelled.");
        }
        narrow(filter.getText());
    }

    private void narrow(String text) {
        var wanted = text.toLowerCase(Locale.ROOT);
        shown.setPredicate(
                wanted.isEmpty()
                        ? _ -> true
                        : string -> string.text().toLowerCase(Locale.ROOT).contains(wanted));
        count.setText(strings.isEmpty() ? "" : "%,d of %,d".formatted(shown.size(), strings.size()));
    }

    /// To the memory while it exists, else to the file.
    private void go() {
        var string = table.getSelectionModel().getSelectedItem();
        var module = workbench.activeModuleProperty().get();
        if (string == null || module == null) {
            return;
        }
        workbench.go(
                string.address().isPresent() && module.sessionProperty().get() != null
                        ? new Location.Memory(
                                module, string.memory(), string.address().getAsLong(), string.length())
                        : new Location.FileBytes(module, string.offset(), string.length()));
    }

    private static String address(FoundString string) {
        return string.address().isPresent()
                ? "0x%08x".formatted(string.address().getAsLong())
                : "";
    }

    private static TableColumn<FoundString, String> column(
            String title, double width, Function<FoundString, String> text) {
        var column = new TableColumn<FoundString, String>(title);
        column.getStyleClass().add("mono");
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        return column;
    }
}
