package dev.wasmscope.views.latency;

import atlantafx.base.theme.Styles;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Named;
import dev.wasmscope.views.control.Parts;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Start and stop, what is measured, what can be turned while it runs.
final class LatencyToolRow {
    private static final List<LoadMode> MODES = List.of(
            new LoadMode.ClosedLoop(),
            new LoadMode.FixedRate(100),
            PlanModel.USUAL_MODE,
            new LoadMode.FixedRate(5_000),
            new LoadMode.FixedRate(20_000));
    private static final List<Integer> PAYLOADS = List.of(0, 16, 256, 1024, 16 * 1024, 64 * 1024);

    private final LatencyViewModel model;
    private final PlanModel plan;
    private final BooleanProperty setup;

    /// @param setup whether the plan is shown instead of a chart
    LatencyToolRow(LatencyViewModel model, BooleanProperty setup) {
        this.model = model;
        this.plan = model.plan();
        this.setup = setup;
    }

    /// @param more at the right end
    HBox node(Node... more) {
        var strategy = strategy();
        strategy.visibleProperty().bind(plan.lanesProperty().map(lanes -> lanes.over("shm")));
        strategy.managedProperty().bind(strategy.visibleProperty());
        // Nothing to hold before it is drawn.
        var hold =
                toggle("latency-freeze", Icons.pause(), "Hold the drawing; measuring goes on", model.frozenProperty());
        hold.visibleProperty().bind(model.stateProperty().map(LatencyState::active));
        hold.managedProperty().bind(hold.visibleProperty());
        var row = Parts.toolRow(
                startStop(),
                lanes(),
                mode(),
                payload(),
                strategy,
                toggle("latency-busy", Icons.busy(), "Busy machine: keep every core spinning", plan.busyProperty()),
                hold,
                Parts.spacer());
        row.getChildren().addAll(more);
        row.getStyleClass().add("latency-tools");
        return row;
    }

    private Button startStop() {
        var button = Parts.button(Icons.run(), "Measure", () -> {
            if (model.stateProperty().get().active()) {
                model.stop();
            } else {
                model.start();
            }
        });
        button.setId("latency-start");
        model.stateProperty().subscribe(state -> {
            boolean active = state.active();
            button.setText(active ? "Stop" : "Measure");
            button.setGraphic(active ? Icons.stop() : Icons.run());
            button.getStyleClass().remove(Styles.SUCCESS);
            if (!active) {
                button.getStyleClass().add(Styles.SUCCESS);
            }
        });
        return button;
    }

    private ToggleButton lanes() {
        var button = toggle("latency-lanes", Icons.lanes(), "What the next run measures", setup);
        button.getStyleClass().remove("icon-button");
        button.textProperty().bind(plan.lanesProperty().map(l -> l.count() == 1 ? "1 lane" : l.count() + " lanes"));
        button.getTooltip()
                .textProperty()
                .bind(plan.lanesProperty()
                        .map(lanes -> "Measured: %s, over %s".formatted(lanes.servers(), lanes.ways())));
        return button;
    }

    private ComboBox<LoadMode> mode() {
        return choice(
                "latency-rate",
                "Closed loop: the next request follows the reply. A rate: timed from the planned send",
                MODES,
                plan.modeProperty(),
                m -> m.rate() == 0 ? "Closed loop" : String.format(Locale.ROOT, "%,.0f/s", m.rate()));
    }

    private ComboBox<Integer> payload() {
        return choice(
                "latency-payload",
                "Bytes in every request and reply",
                PAYLOADS,
                plan.payloadProperty(),
                b -> b >= 1024 ? b / 1024 + " KiB" : b + " B");
    }

    private ComboBox<WaitStrategy> strategy() {
        return choice(
                "latency-strategy",
                "How the client waits at shared memory: spin then sleep, spin for ever, or look every 50 µs",
                List.of(WaitStrategy.values()),
                plan.strategyProperty(),
                s -> s.id().substring(0, 1).toUpperCase(Locale.ROOT) + s.id().substring(1));
    }

    static ToggleButton toggle(String id, Node icon, String name, Property<Boolean> value) {
        var button = new ToggleButton(null, icon);
        button.setId(id);
        button.getStyleClass().addAll("icon-button", "latency-toggle");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.selectedProperty().bindBidirectional(value);
        return button;
    }

    static <T> ComboBox<T> choice(
            String id, String tip, List<T> choices, ObjectProperty<T> value, Function<T, String> text) {
        var box = new ComboBox<T>();
        box.setId(id);
        box.getItems().setAll(choices);
        box.setConverter(new Named<>(text));
        box.valueProperty().bindBidirectional(value);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setTooltip(new Tooltip(tip));
        return box;
    }
}
