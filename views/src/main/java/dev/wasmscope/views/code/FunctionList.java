package dev.wasmscope.views.code;

import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.views.control.FilterField;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// All functions of the module with a filter. Only the rows in sight are made.
final class FunctionList extends VBox {
    private final FilterField filter = new FilterField("Name or index");
    private final ListView<FunctionFact> list;

    /// @param chosen hears of the function that was clicked or entered
    FunctionList(CodeViewModel model, Consumer<FunctionFact> chosen) {
        getStyleClass().add("function-list");
        filter.setId("code-filter");
        filter.textProperty().bindBidirectional(model.filterProperty());
        HBox.setHgrow(filter, Priority.ALWAYS);
        list = new ListView<>(model.functions());
        list.setId("code-function-list");
        list.setCellFactory(_ -> new Cell(chosen));
        list.setPlaceholder(new Label("No function matches."));
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            var selected = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && selected != null) {
                chosen.accept(selected);
                event.consume();
            }
        });
        filter.addEventHandler(KeyEvent.KEY_PRESSED, event -> filterKey(event, chosen));
        VBox.setVgrow(list, Priority.ALWAYS);
        var count = Parts.label("", "dim");
        count.setId("code-function-count");
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            var shown = model.functions().size();
                            var all = model.functionCount();
                            return shown == all ? "%,d functions".formatted(all) : "%,d of %,d".formatted(shown, all);
                        },
                        model.functions()));
        getChildren().addAll(Parts.toolRow(filter), list, Parts.footRow(count));
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    void select(FunctionFact function) {
        if (!function.equals(list.getSelectionModel().getSelectedItem())) {
            list.getSelectionModel().select(function);
            list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - 5));
        }
    }

    /// Down goes into the list, Enter takes the first match.
    private void filterKey(KeyEvent event, Consumer<FunctionFact> chosen) {
        if (event.getCode() == KeyCode.DOWN && !list.getItems().isEmpty()) {
            list.requestFocus();
            if (list.getSelectionModel().isEmpty()) {
                list.getSelectionModel().selectFirst();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && !list.getItems().isEmpty()) {
            chosen.accept(list.getItems().getFirst());
            event.consume();
        }
    }

    private static final class Cell extends ListCell<FunctionFact> {
        private final Label name = new Label();
        private final Label facts = Parts.label("", "dim");
        private final HBox row = new HBox(name, Parts.spacer(), facts);

        Cell(Consumer<FunctionFact> chosen) {
            row.getStyleClass().add("cell-row");
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            name.setMinWidth(20);
            name.getStyleClass().add("mono");
            row.setMinWidth(0);
            setPrefWidth(0);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && getItem() != null) {
                    chosen.accept(getItem());
                }
            });
        }

        @Override
        protected void updateItem(FunctionFact item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            name.setText(item.name());
            name.setGraphic(item.imported() ? Icons.importedFunction() : Icons.function());
            facts.setText(item.imported() ? "imported" : item.index() + " · " + "%,d B".formatted(item.bodySize()));
            setTooltip(new Tooltip("func %d %s".formatted(item.index(), item.type())));
            setGraphic(row);
        }
    }
}
