package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.plugins.gateway.view.GatewayViewModel.State;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.spi.parts.ProblemLabel;
import dev.wasmscope.views.spi.parts.StartForm;
import dev.wasmscope.views.spi.parts.StartStop;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What to start, until it runs; then what passes.
final class GatewayView {
    private static final int MOST_INSTANCES = 64;

    private final GatewayViewModel model;
    private final Workbench workbench;
    private final ObservableValue<Boolean> running;
    private final ObservableValue<String> module;
    private final GatewayTraffic traffic;
    private final StartStop toggle;
    private final BorderPane pane = new BorderPane();

    GatewayView(GatewayViewModel model, Workbench workbench) {
        this.model = model;
        this.workbench = workbench;
        this.running = model.stateProperty().map(State.Running.class::isInstance);
        this.module = Bindings.createStringBinding(this::moduleName, workbench.activeModuleProperty());
        this.traffic = new GatewayTraffic(model, running);
        this.toggle = new StartStop(
                model.stateProperty().map(GatewayView::stage),
                module.map(name -> !name.isEmpty()),
                this::start,
                model::stop);
        toggle.setId("gateway-toggle");
        var form = form();
        model.stateProperty().subscribe(state -> {
            form.setVisible(state instanceof State.Stopped);
            form.setManaged(form.isVisible());
        });
        VBox.setVgrow(traffic.node(), Priority.ALWAYS);
        var body = new ScrollPane(new VBox(form, traffic.node()));
        body.setFitToWidth(true);
        body.setFitToHeight(true);
        var problem = new ProblemLabel(model.problemProperty());
        problem.setId("gateway-problem");
        problem.getStyleClass().add("foot-row");
        pane.setTop(new VBox(tools(), problem));
        pane.setCenter(body);
    }

    /// Empty while none is open.
    private String moduleName() {
        var open = workbench.activeModuleProperty().get();
        return open == null ? "" : open.source().name();
    }

    private static StartStop.Stage stage(State state) {
        return switch (state) {
            case State.Stopped _ -> StartStop.Stage.STOPPED;
            case State.Starting _ -> StartStop.Stage.STARTING;
            case State.Running _ -> StartStop.Stage.RUNNING;
            case State.Stopping _ -> StartStop.Stage.STOPPING;
        };
    }

    Node node() {
        return pane;
    }

    void focus() {
        if (running.getValue()) {
            traffic.focus();
        } else {
            toggle.requestFocus();
        }
    }

    private Node form() {
        var filter = new Label();
        filter.setId("gateway-filter");
        filter.getStyleClass().add("mono");
        filter.setMinHeight(28);
        filter.textProperty().bind(module.map(name -> name.isEmpty() ? "Open a module first" : name));
        var form = new StartForm(toggle);
        form.add("Filter", "The module looked at: its wasm_run is called for every request", filter);
        form.addText(
                "Listens at",
                "HOST:PORT; port 0: the system chooses one that is free",
                "gateway-listen",
                "HOST:PORT",
                model.listenProperty());
        form.addText(
                "Server behind it",
                "http://HOST:PORT; empty: a demo server, which answers with what it was asked",
                "gateway-upstream",
                "A demo server",
                model.upstreamProperty());
        form.addCount(
                "Instances",
                "As many requests can be in the filter at one time; more are refused",
                "gateway-pool",
                MOST_INSTANCES,
                model.poolProperty());
        form.addText(
                "Time for a run",
                "A run that takes longer is ended, and its request answered with 504",
                "gateway-timeout",
                "100ms",
                model.timeoutProperty());
        form.addText(
                "Parameters",
                "For wasm_init: key=value, several with spaces between them",
                "gateway-parameters",
                "word=sesame",
                model.parametersProperty());
        form.getStyleClass().add("form");
        return form;
    }

    private Node tools() {
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
        button.disableProperty().bind(running.map(is -> !is));
        return button;
    }

    private void start() {
        var open = workbench.activeModuleProperty().get();
        if (open != null) {
            model.start(open.source());
        }
    }

    private void swap() {
        var open = workbench.activeModuleProperty().get();
        if (open != null) {
            model.swap(open.source(), sentence -> workbench.notify(Notice.info(sentence)));
        }
    }

    private void look() {
        model.instance()
                .ifPresentOrElse(
                        look -> workbench.open(look.module(), look.instance()),
                        () -> workbench.notify(Notice.info("All instances are at work: look again when one waits.")));
    }
}
