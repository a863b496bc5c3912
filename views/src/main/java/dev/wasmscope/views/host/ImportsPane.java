package dev.wasmscope.views.host;

import atlantafx.base.theme.Styles;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.host.ImportRow.Does;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// A line for each imported function: what it is to do.
final class ImportsPane extends BorderPane {
    /// More are not drawn at once; a module that wants more gets its stubs by one click all the same.
    private static final int MOST = 300;

    private final ImportsModel model;
    private final GridPane grid = new GridPane();
    private final ScrollPane scroll = new ScrollPane(grid);

    ImportsPane(ImportsModel model) {
        this.model = model;
        grid.getStyleClass().add("host-imports");
        var rest = new ColumnConstraints();
        rest.setHgrow(Priority.ALWAYS);
        var names = new ColumnConstraints();
        names.setMinWidth(120);
        var types = new ColumnConstraints();
        types.setMinWidth(80);
        grid.getColumnConstraints().setAll(names, types, new ColumnConstraints(150), rest);
        scroll.setFitToWidth(true);
        setBottom(foot());
        model.rows().addListener((ListChangeListener<ImportRow>) _ -> fill());
        model.moduleProperty().subscribe(_ -> fill());
    }

    private Node foot() {
        var problem = new Label();
        problem.getStyleClass().add("error-text");
        problem.setWrapText(true);
        problem.textProperty().bind(model.problemProperty());
        problem.setId("host-problem");
        var stubs = Parts.button(Icons.autoFix(), "Give it stubs", model::useStubs);
        stubs.setId("host-stubs");
        stubs.setTooltip(
                new Tooltip("Every import answers as far as the module needs it to run, and the module starts anew"));
        var apply = Parts.button(Icons.restart(), "Start with these", model::apply);
        apply.setId("host-apply");
        apply.getStyleClass().add(Styles.ACCENT);
        for (Button button : new Button[] {stubs, apply}) {
            button.disableProperty().bind(Bindings.isEmpty(model.rows()));
        }
        var row = Parts.footRow(problem, Parts.spacer(), stubs, apply);
        row.getStyleClass().add("host-foot");
        return row;
    }

    private void fill() {
        grid.getChildren().clear();
        if (model.rows().isEmpty()) {
            setCenter(empty());
            return;
        }
        setCenter(scroll);
        var line = 0;
        for (var row : model.rows().subList(0, Math.min(MOST, model.rows().size()))) {
            var name = new Label(row.module() + "." + row.name());
            name.getStyleClass().addAll("mono", "host-name");
            // What tells them apart stands at the end.
            name.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            name.setTooltip(new Tooltip(name.getText() + row.type()));
            var type = new Label(row.type().toString());
            type.getStyleClass().addAll("mono", "dim");
            grid.addRow(line++, name, type, choice(row), value(row));
        }
    }

    private EmptyState empty() {
        var module = model.moduleProperty().get();
        return module == null
                ? new EmptyState(Icons.host(), "No module open", "Open a module to define what it imports.")
                : new EmptyState(
                        Icons.host(),
                        "Nothing to define",
                        "%s imports no function beside those of WASI and of linked modules.".formatted(module.name()));
    }

    private static ComboBox<Does> choice(ImportRow row) {
        var box = new ComboBox<Does>();
        box.setId("host-does-" + row.name());
        box.getItems().setAll(Does.values());
        box.setMaxWidth(Double.MAX_VALUE);
        box.setAccessibleText("What " + row.name() + " does");
        box.valueProperty().bindBidirectional(row.doesProperty());
        return box;
    }

    private TextField value(ImportRow row) {
        var field = new TextField();
        field.setId("host-value-" + row.name());
        field.getStyleClass().add("mono");
        field.textProperty().bindBidirectional(row.valueProperty());
        row.doesProperty().subscribe(does -> {
            field.setVisible(does.wantsValue());
            field.setPromptText(does.prompt());
        });
        field.setOnAction(_ -> model.apply());
        return field;
    }
}
