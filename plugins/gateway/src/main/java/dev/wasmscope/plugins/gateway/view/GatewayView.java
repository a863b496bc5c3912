package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.plugins.gateway.view.GatewayViewModel.State;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Workbench;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What to start on the left; what passes on the right.
final class GatewayView {
    private final GatewayViewModel model;
    private final Workbench workbench;
    private final GatewayTraffic traffic;
    private final TextField listen;
    private final Button toggle = new Button();
    private final BooleanBinding running;
    private final BorderPane pane = new BorderPane();

    GatewayView(GatewayViewModel model, Workbench workbench) {
        this.model = model;
        this.workbench = workbench;
        this.running = Bindings.createBooleanBinding(
                () -> model.stateProperty().get() instanceof State.Running, model.stateProperty());
        this.listen = text("gateway-listen", "HOST:PORT", model.listenProperty());
        this.traffic = new GatewayTraffic(model, running);
        var form = scrolled(form());
        var numbers = scrolled(traffic.numbers());
        model.stateProperty().subscribe(state -> {
            var stopped = state instanceof State.Stopped;
            form.setVisible(stopped);
            numbers.setVisible(!stopped);
        });
        var side = new StackPane(form, numbers);
        var body = new SplitPane(side, traffic.node());
        body.setDividerPositions(0.27);
        SplitPane.setResizableWithParent(side, false);
        pane.setTop(new VBox(tools(), problem()));
        pane.setCenter(body);
    }

    private static ScrollPane scrolled(Node node) {
        var scroll = new ScrollPane(node);
        scroll.setFitToWidth(true);
        scroll.setMinWidth(170);
        return scroll;
    }

    Node node() {
        return pane;
    }

    void focus() {
        if (running.get()) {
            traffic.focus();
        } else {
            toggle.requestFocus();
        }
    }

    private Node form() {
        var upstream = text("gateway-upstream", "A demo server", model.upstreamProperty());
        upstream.setTooltip(new Tooltip(
                "http://HOST:PORT of the server behind it; empty: one that answers with what it was asked"));
        var parameters = text("gateway-parameters", "word=sesame", model.parametersProperty());
        parameters.setTooltip(new Tooltip("For wasm_init: key=value, several with spaces between them"));
        var filter = new Label();
        filter.setId("gateway-filter");
        filter.getStyleClass().add("mono");
        workbench
                .activeModuleProperty()
                .subscribe(module -> filter.setText(
                        module == null ? "open a module first" : module.source().name()));
        var form = new VBox(
                field("Filter: the module looked at", filter),
                field("Listens on", listen),
                field("Server behind it", upstream),
                field("Instances", pool()),
                field("Time for a run", text("gateway-timeout", "100ms", model.timeoutProperty())),
                field("Parameters", parameters));
        form.getStyleClass().add("form");
        return form;
    }

    private Node tools() {
        toggle.setId("gateway-toggle");
        toggle.setMinWidth(Region.USE_PREF_SIZE);
        toggle.setOnAction(_ -> toggle());
        model.stateProperty().subscribe(this::show);
        workbench
                .activeModuleProperty()
                .subscribe(_ -> show(model.stateProperty().get()));
        var swap = whileRunning(
                "gateway-swap",
                "Swap in",
                "Gives new requests the module looked at; those under way end on the one before");
        swap.setOnAction(_ -> swap());
        var look = whileRunning(
                "gateway-look",
                "Look at one",
                "Memory, calls and output of an instance of the pool, in the window's tools");
        look.setOnAction(_ -> look());
        var row = new HBox(toggle);
        row.getChildren().addAll(traffic.asking());
        row.getChildren().addAll(swap, look);
        row.getStyleClass().add("tool-row");
        return row;
    }

    private Button whileRunning(String id, String text, String tip) {
        var button = new Button(text);
        button.setId(id);
        button.setTooltip(new Tooltip(tip));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.disableProperty().bind(running.not());
        return button;
    }

    private Node problem() {
        var problem = new Label();
        problem.setId("gateway-problem");
        problem.getStyleClass().addAll("error-text", "foot-row");
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    private void show(State state) {
        toggle.getStyleClass().remove("accent");
        switch (state) {
            case State.Stopped _ -> {
                toggle.setText("Start");
                toggle.getStyleClass().add("accent");
            }
            case State.Starting _ -> toggle.setText("Starting…");
            case State.Running _ -> toggle.setText("Stop");
            case State.Stopping _ -> toggle.setText("Stopping…");
        }
        var nothing = state instanceof State.Stopped
                && workbench.activeModuleProperty().get() == null;
        toggle.setDisable(nothing || state instanceof State.Starting || state instanceof State.Stopping);
    }

    private void toggle() {
        if (running.get()) {
            model.stop();
            return;
        }
        var module = workbench.activeModuleProperty().get();
        if (module != null) {
            model.start(module.source());
        }
    }

    private void swap() {
        var module = workbench.activeModuleProperty().get();
        if (module != null) {
            model.swap(module.source(), sentence -> workbench.notify(Notice.info(sentence)));
        }
    }

    private void look() {
        model.instance()
                .ifPresentOrElse(
                        look -> workbench.open(look.module(), look.instance()),
                        () -> workbench.notify(Notice.info("All instances are at work: look again when one waits.")));
    }

    private Spinner<Integer> pool() {
        var spinner = new Spinner<Integer>(1, 64, model.poolProperty().get());
        spinner.setId("gateway-pool");
        spinner.setEditable(true);
        spinner.setMaxWidth(Double.MAX_VALUE);
        spinner.valueProperty().subscribe(count -> model.poolProperty().set(count));
        return spinner;
    }

    static TextField text(String id, String prompt, StringProperty value) {
        var field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private static Node field(String name, Node input) {
        var label = new Label(name);
        label.getStyleClass().add("dim");
        label.setLabelFor(input);
        var field = new VBox(label, input);
        field.getStyleClass().add("field");
        return field;
    }
}
