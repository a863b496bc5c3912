package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.CommandCatalogue.Proposal;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Proposals above the prompt. They come as one types and take no key until Tab selects one.
final class CompletionList extends ListView<Proposal> {
    private static final int MOST_ROWS = 8;
    private static final double ROW = 24;
    private static final double WIDTH = 460;

    private Consumer<String> chosen = _ -> {};

    CompletionList() {
        setId("console-completion");
        getStyleClass().add("completion-list");
        setFocusTraversable(false);
        setFixedCellSize(ROW);
        setCellFactory(_ -> new Row());
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        setOnMouseClicked(_ -> choose());
        hide();
    }

    void onChosen(Consumer<String> action) {
        chosen = action;
    }

    /// @param x where the word that is completed begins
    void show(List<Proposal> proposals, double x) {
        getItems().setAll(proposals);
        getSelectionModel().clearSelection();
        setVisible(!proposals.isEmpty());
        setPrefHeight(Math.min(MOST_ROWS, proposals.size()) * ROW + 10);
        setMaxHeight(getPrefHeight());
        var room = getParent() instanceof Region parent ? parent.getWidth() - WIDTH : 0;
        setTranslateX(Math.max(8, Math.min(x + 8, room)));
        if (isVisible()) {
            scrollTo(0);
        }
    }

    void hide() {
        setVisible(false);
        getItems().clear();
    }

    boolean showing() {
        return isVisible();
    }

    boolean selecting() {
        return isVisible() && !getSelectionModel().isEmpty();
    }

    int size() {
        return getItems().size();
    }

    void next() {
        move(1);
    }

    void move(int step) {
        var next = Math.floorMod(
                getSelectionModel().getSelectedIndex() + step, getItems().size());
        getSelectionModel().select(next);
        scrollTo(Math.max(0, next - MOST_ROWS / 2));
    }

    void choose() {
        var selected = getSelectionModel().getSelectedItem();
        var proposal = selected == null && !getItems().isEmpty() ? getItems().getFirst() : selected;
        hide();
        if (proposal != null) {
            chosen.accept(proposal.text());
        }
    }

    private static final class Row extends ListCell<Proposal> {
        private final Label text = new Label();
        private final Label detail = new Label();
        private final HBox row = new HBox(text, detail);

        Row() {
            text.getStyleClass().add("mono");
            text.setMinWidth(Region.USE_PREF_SIZE);
            detail.getStyleClass().addAll("mono", "dim");
            row.getStyleClass().add("cell-row");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Proposal item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
            } else {
                text.setText(item.text());
                detail.setText(item.detail());
                setGraphic(row);
            }
        }
    }
}
