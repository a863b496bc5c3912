package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Copying;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Facts of the active module, two columns a group.
final class FactsView extends StackPane {
    private static final double KEYS = 82;

    private final VBox groups = new VBox();
    private final ScrollPane scroll = new ScrollPane(groups);

    FactsView(FactsViewModel model) {
        setId("module-facts");
        getStyleClass().add("facts-view");
        Sheet.addTo(this);
        groups.getStyleClass().add("form");
        scroll.setFitToWidth(true);
        var empty = new EmptyState(Icons.module(), "No module is open", "Its facts are shown here once one is.");
        empty.visibleProperty().bind(model.moduleProperty().isNull());
        scroll.visibleProperty().bind(model.moduleProperty().isNotNull());
        getChildren().addAll(scroll, empty);
        model.groupsProperty().subscribe(this::fill);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (Copying.KEY.match(event)) {
                Copying.toClipboard(model.text());
                event.consume();
            }
        });
    }

    @Override
    public void requestFocus() {
        scroll.requestFocus();
    }

    private void fill(List<FactsViewModel.Group> all) {
        groups.getChildren().clear();
        for (var group : all) {
            groups.getChildren().addAll(Parts.section(group.title()), grid(group.lines()));
        }
    }

    private static GridPane grid(List<FactLine> lines) {
        var grid = new GridPane();
        grid.getStyleClass().add("facts");
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(new ColumnConstraints(KEYS), values);
        for (var line : lines) {
            var row = grid.getRowCount();
            var key = new Label(line.key());
            key.getStyleClass().add("key");
            GridPane.setValignment(key, VPos.TOP);
            var value = new Label(line.value());
            value.setWrapText(true);
            value.getStyleClass().add("value");
            if (line.value().contains("\n")) {
                value.getStyleClass().add("list");
            }
            value.getStyleClass().addAll(tone(line.tone()));
            grid.addRow(row, key, value);
        }
        return grid;
    }

    private static List<String> tone(FactLine.Tone tone) {
        return switch (tone) {
            case PLAIN -> List.of();
            case GOOD -> List.of("ok-text");
            case WARNING -> List.of("warn-text");
            case BAD -> List.of("error-text");
        };
    }
}
