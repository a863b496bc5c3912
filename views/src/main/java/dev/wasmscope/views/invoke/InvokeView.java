package dev.wasmscope.views.invoke;

import atlantafx.base.theme.Styles;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Lookout;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.parts.LabelledField;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Function, parameters, options, outcome and history, one below the other.
final class InvokeView extends StackPane {
    private static final int LINE = 24;
    private static final int MOST_LINES = 8;
    /// Between two looks at what a running guest prints.
    private static final Duration OUTPUT = Duration.ofMillis(100);

    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);

    private final InvokeViewModel model;
    private final ComboBox<Callable> functions = new ComboBox<>();
    private final FlowPane signature = new FlowPane(6, 4);
    private final VBox parameters = new VBox(6);
    private final ResultCard result;
    /// Whether the user has typed since the last call: what Ctrl+Z in a field then takes back.
    private boolean typed;

    InvokeView(InvokeViewModel model, Consumer<Location> go, Background background) {
        this.model = model;
        this.result = new ResultCard(go);
        getStyleClass().add("invoke-view");
        getStylesheets()
                .add(Objects.requireNonNull(InvokeView.class.getResource("invoke.css"))
                        .toExternalForm());
        var scroll = new ScrollPane(form());
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        var nothing = new EmptyState(Icons.invoke(), "Nothing to call", "");
        nothing.textProperty().bind(model.nothingProperty());
        nothing.visibleProperty().bind(Bindings.isEmpty(model.form().functions()));
        scroll.visibleProperty().bind(nothing.visibleProperty().not());
        getChildren().addAll(nothing, scroll);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        addEventFilter(
                KeyEvent.KEY_TYPED,
                event -> typed |=
                        !event.isShortcutDown() && !event.getCharacter().equals("\r"));
        model.form().functionProperty().subscribe(_ -> showSignature());
        model.callProperty().subscribe(state -> {
            typed = false;
            result.show(state);
        });
        model.form().parameters().addListener((ListChangeListener<Parameter>) _ -> showParameters());
        showParameters();
        Lookout.keep(this, background, OUTPUT, model.runningProperty(), model::poll);
    }

    /// Where a call begins: the first parameter, else the function.
    void focusFirst() {
        var first = parameters.lookup(".text-field");
        (first == null ? functions : first).requestFocus();
    }

    private VBox form() {
        functions.setId("invoke-function");
        functions.setMaxWidth(Double.MAX_VALUE);
        functions.setItems(model.form().functions());
        functions.valueProperty().bindBidirectional(model.form().functionProperty());
        functions.setAccessibleText("Function to call");
        var wasi = new WasiFormView(model.wasi());
        visible(
                wasi,
                model.form()
                        .functionProperty()
                        .map(f -> f != null && f.command())
                        .orElse(false));
        var inputs = new VBox(6, Parts.section("Parameters"), parameters);
        visible(inputs, Bindings.isNotEmpty(model.form().parameters()));
        var form = new VBox(
                Parts.section("Function"),
                functions,
                signature,
                inputs,
                wasi,
                Parts.section("Options"),
                options(),
                banner(),
                problem(),
                buttons(),
                Parts.section("Result"),
                result,
                historyPart());
        form.getStyleClass().add("form");
        return form;
    }

    private static void visible(Node node, javafx.beans.value.ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(node.visibleProperty());
    }

    private void showSignature() {
        signature.getChildren().clear();
        var chosen = model.form().functionProperty().get();
        if (chosen == null) {
            return;
        }
        var type = chosen.type();
        type.parameters().forEach(t -> signature.getChildren().add(Parts.chip(t.text())));
        if (type.parameters().isEmpty()) {
            signature.getChildren().add(Parts.label("no parameters", "dim"));
        }
        signature.getChildren().add(Parts.label("→", "muted"));
        type.results().forEach(t -> signature.getChildren().add(Parts.chip(t.text(), "result-type")));
        if (type.results().isEmpty()) {
            signature.getChildren().add(Parts.label("no result", "dim"));
        }
    }

    private void showParameters() {
        parameters.getChildren().clear();
        for (int i = 0; i < model.form().parameters().size(); i++) {
            parameters.getChildren().add(row(i, model.form().parameters().get(i)));
        }
    }

    private Node row(int index, Parameter parameter) {
        var field = new TextField();
        field.setId("invoke-arg-" + index);
        field.getStyleClass().add("mono");
        field.setPromptText(parameter.type().text());
        field.textProperty().bindBidirectional(parameter.textProperty());
        var labelled = new LabelledField(parameter.name() + "  ·  " + parameter.type(), field);
        labelled.errorProperty().bind(parameter.errorProperty());
        return labelled;
    }

    private Node options() {
        var timeout = new TextField();
        timeout.setId("invoke-timeout");
        timeout.setPrefColumnCount(6);
        timeout.textProperty().bindBidirectional(model.form().timeoutProperty());
        timeout.setTooltip(new Tooltip("The call is ended after this time: 500ms, 5s, 2m"));
        var deadline = new LabelledField("Deadline", timeout);
        deadline.errorProperty().bind(model.form().timeoutErrorProperty());
        var runtime = new Segments<>(List.of("compiler", "interpreter"), name -> name);
        runtime.setId("invoke-runtime");
        runtime.valueProperty().bindBidirectional(model.runtimeProperty());
        return new VBox(6, deadline, new VBox(3, new Label("Runtime"), runtime));
    }

    private Node banner() {
        var text = new Label("The last call ended in the middle, so the module's own stack may be off.");
        text.setWrapText(true);
        var restore = Parts.button(Icons.undo(), "Restore the state before the call", model::undo);
        restore.setId("invoke-restore");
        var banner = new VBox(6, new HBox(8, Icons.warning(), text), restore);
        HBox.setHgrow(text, Priority.ALWAYS);
        banner.setId("invoke-taint");
        banner.getStyleClass().add("taint-banner");
        visible(banner, model.taintedProperty());
        return banner;
    }

    private Node problem() {
        var text = new Label();
        text.setId("invoke-problem");
        text.textProperty().bind(model.problemProperty());
        text.setWrapText(true);
        text.getStyleClass().add("warn-text");
        visible(text, text.textProperty().isNotEmpty());
        return text;
    }

    private Node buttons() {
        var run = new Button("Invoke", Icons.run());
        run.setId("invoke-run");
        run.getStyleClass().add(Styles.ACCENT);
        run.setMaxWidth(Double.MAX_VALUE);
        run.setTooltip(new Tooltip("Call the function (Ctrl+Enter)"));
        run.disableProperty().bind(model.readyProperty().not());
        run.setOnAction(_ -> model.run());
        visible(run, model.runningProperty().not());
        var stop = new Button("Stop", Icons.stop());
        stop.setId("invoke-stop");
        stop.getStyleClass().add(Styles.DANGER);
        stop.setMaxWidth(Double.MAX_VALUE);
        stop.setTooltip(new Tooltip("End the call now (Esc)"));
        stop.setOnAction(_ -> model.stop());
        visible(stop, model.runningProperty());
        HBox.setHgrow(run, Priority.ALWAYS);
        HBox.setHgrow(stop, Priority.ALWAYS);
        var undo = Parts.iconButton(Icons.undo(), "Take back the last call or edit (Ctrl+Z)", model::undo);
        undo.setId("invoke-undo");
        undo.disableProperty().bind(model.undoableProperty().not());
        var restart = Parts.iconButton(Icons.restart(), "Start the module anew", model::restart);
        restart.setId("invoke-restart");
        var row = new HBox(6, run, stop, undo, restart);
        row.getStyleClass().add("run-row");
        return row;
    }

    private Node historyPart() {
        var list = new ListView<>(model.history());
        list.setId("invoke-history");
        list.setCellFactory(_ -> new PastCallCell());
        list.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> 10.0 + LINE * Math.min(MOST_LINES, model.history().size()), model.history()));
        list.setOnMouseClicked(_ -> refill(list));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                refill(list);
            }
        });
        var part = new VBox(6, Parts.section("History"), list);
        visible(part, Bindings.isNotEmpty(model.history()));
        return part;
    }

    private void refill(ListView<PastCall> list) {
        var chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            model.refill(chosen);
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && (event.isShortcutDown() || event.getTarget() instanceof TextField)) {
            event.consume();
            model.run();
        } else if (UNDO.match(event) && !typed) {
            event.consume();
            model.undo();
        } else if (event.getCode() == KeyCode.ESCAPE && model.runningProperty().get()) {
            event.consume();
            model.stop();
        }
    }
}
