package dev.wasmscope.app.shell;

import dev.wasmscope.views.control.Parts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The overlay that finds everything by a few letters.
final class CommandPalette {
    private static final double ROW = 30;
    private static final int ROWS = 12;

    private final PaletteSearch search;
    private final TextField query = new TextField();
    private final ListView<PaletteEntry> results = new ListView<>();
    private final Label nothing = new Label("Nothing fits. Try fewer letters.");
    private final StackPane overlay = new StackPane();
    private @Nullable Node focusBefore;

    CommandPalette(PaletteSearch search) {
        this.search = search;
        query.setId("palette-query");
        query.setPromptText("Function, export, address (0x400) or command; > for commands only");
        results.setId("palette-results");
        results.setFixedCellSize(ROW);
        results.setFocusTraversable(false);
        results.setPlaceholder(nothing);
        results.setCellFactory(_ -> new Cell());
        results.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                accept();
            }
        });
        var box = new VBox(query, results);
        box.getStyleClass().add("palette");
        box.setMaxSize(640, Region.USE_PREF_SIZE);
        box.setOnMouseClicked(event -> event.consume());
        overlay.getStyleClass().add("palette-overlay");
        overlay.setAlignment(Pos.TOP_CENTER);
        overlay.getChildren().add(box);
        overlay.setVisible(false);
        overlay.managedProperty().bind(overlay.visibleProperty());
        overlay.setOnMouseClicked(_ -> hide());
        query.textProperty().subscribe(this::refresh);
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        query.focusedProperty().subscribe(focused -> {
            if (!focused) {
                hide();
            }
        });
    }

    Node node() {
        return overlay;
    }

    void show(String start) {
        if (!overlay.isVisible()) {
            focusBefore = overlay.getScene().getFocusOwner();
        }
        // While nothing is shown a changed text searches nothing.
        query.setText(start);
        query.positionCaret(start.length());
        overlay.setVisible(true);
        query.requestFocus();
        refresh();
    }

    void hide() {
        if (overlay.isVisible()) {
            overlay.setVisible(false);
            if (query.isFocused() && focusBefore != null && focusBefore.getScene() != null) {
                focusBefore.requestFocus();
            }
            focusBefore = null;
        }
    }

    private void refresh() {
        if (overlay.isVisible()) {
            results.getItems().setAll(search.find(query.getText()));
            results.setPrefHeight(ROW * Math.clamp(results.getItems().size(), 2, ROWS) + 10);
            results.getSelectionModel().selectFirst();
            results.scrollTo(0);
        }
    }

    private void onKey(KeyEvent event) {
        switch (event.getCode()) {
            case ESCAPE -> hide();
            case ENTER -> accept();
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(ROWS - 1);
            case PAGE_UP -> move(1 - ROWS);
            case TAB -> {}
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        var size = results.getItems().size();
        if (size > 0) {
            var at = results.getSelectionModel().getSelectedIndex() + by;
            var next = Math.abs(by) == 1 ? Math.floorMod(at, size) : Math.clamp(at, 0, size - 1);
            results.getSelectionModel().select(next);
            results.scrollTo(Math.max(0, next - ROWS / 2));
        }
    }

    private void accept() {
        var chosen = results.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            hide();
            chosen.action().run();
        }
    }

    /// Keeps its nodes: making them anew for each key typed costs more than searching.
    private static final class Cell extends ListCell<PaletteEntry> {
        private final StackPane icon = new StackPane();
        private final Label title = Parts.label("");
        private final Label detail = Parts.label("", "dim");
        private final Label key = Parts.label("", "key-name");
        private final HBox row = new HBox(icon, title, detail, key);
        private @Nullable PaletteEntry shown;

        Cell() {
            title.setMinWidth(0);
            HBox.setHgrow(detail, Priority.ALWAYS);
            detail.setMaxWidth(Double.MAX_VALUE);
            key.managedProperty().bind(key.visibleProperty());
            row.getStyleClass().add("cell-row");
            row.setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable PaletteEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            if (!entry.equals(shown)) {
                shown = entry;
                icon.getChildren().setAll(entry.icon().get());
                title.setText(entry.title());
                detail.setText(entry.detail());
                key.setText(entry.key());
                key.setVisible(!entry.key().isEmpty());
            }
            if (getGraphic() == null) {
                setGraphic(row);
            }
        }
    }
}
