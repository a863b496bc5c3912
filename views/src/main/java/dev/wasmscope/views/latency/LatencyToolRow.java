package dev.wasmscope.views.latency;

import atlantafx.base.theme.Styles;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

/// Start and stop, what can be turned while it runs, how it is shown.
final class LatencyToolRow {
    private static final List<LoadMode> MODES = List.of(
            new LoadMode.ClosedLoop(),
            new LoadMode.FixedRate(100),
            LatencyViewModel.USUAL_MODE,
            new LoadMode.FixedRate(5_000),
            new LoadMode.FixedRate(20_000));
    private static final List<Integer> PAYLOADS = List.of(0, 16, 256, 1024, 16 * 1024, 64 * 1024);

    private static final double NARROW = 700;

    private final LatencyViewModel model;
    private final BooleanProperty numbers;
    private final Runnable exportPng;
    private final Runnable exportSvg;

    LatencyToolRow(LatencyViewModel model, BooleanProperty numbers, Runnable exportPng, Runnable exportSvg) {
        this.model = model;
        this.numbers = numbers;
        this.exportPng = exportPng;
        this.exportSvg = exportSvg;
    }

    HBox node() {
        var lanes = new LanesMenu(model);
        var row = Parts.toolRow(
                startStop(),
                lanes,
                mode(),
                payload(),
                toggle("latency-busy", Icons.busy(), "Busy machine: keep every core spinning", model.busyProperty()),
                toggle("latency-freeze", Icons.pause(), "Hold the drawing; measuring goes on", model.frozenProperty()),
                Parts.spacer(),
                toggle("latency-numbers", Icons.table(), "Numbers beside the chart", numbers),
                window(),
                export());
        row.getStyleClass().add("latency-tools");
        // Nothing to hold before it is drawn.
        var hold = row.lookup("#latency-freeze");
        hold.visibleProperty().bind(model.stateProperty().map(LatencyState::active));
        hold.managedProperty().bind(hold.visibleProperty());
        lanes.briefProperty().bind(row.widthProperty().lessThan(NARROW));
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

    private ComboBox<LoadMode> mode() {
        return choice(
                "latency-rate",
                "Closed loop: the next request follows the reply. A rate: timed from the planned send",
                MODES,
                model.modeProperty(),
                m -> m.rate() == 0 ? "Closed loop" : String.format(Locale.ROOT, "%,.0f/s", m.rate()));
    }

    private ComboBox<Integer> payload() {
        return choice(
                "latency-payload",
                "Bytes in every request and reply",
                PAYLOADS,
                model.payloadProperty(),
                b -> b >= 1024 ? b / 1024 + " KiB" : b + " B");
    }

    private Segments<Integer> window() {
        var segments = new Segments<>(List.of(1, 5, 15), minutes -> minutes + " m");
        segments.valueProperty()
                .subscribe(minutes -> model.windowSecondsProperty().set(minutes * 60.0));
        return segments;
    }

    private MenuButton export() {
        var png = new MenuItem("PNG…", Icons.image());
        png.setId("latency-export-png");
        png.setOnAction(_ -> exportPng.run());
        var svg = new MenuItem("SVG…", Icons.custom());
        svg.setId("latency-export-svg");
        svg.setOnAction(_ -> exportSvg.run());
        var button = new MenuButton(null, Icons.download(), png, svg);
        button.setId("latency-export");
        button.getStyleClass().addAll(Styles.FLAT, LanesMenu.NO_ARROW);
        button.setAccessibleText("Export the chart");
        button.setTooltip(new Tooltip("Export the chart"));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.snapshotProperty().get().isEmpty(), model.snapshotProperty()));
        return button;
    }

    private static ToggleButton toggle(String id, Node icon, String name, Property<Boolean> value) {
        var button = new ToggleButton(null, icon);
        button.setId(id);
        button.getStyleClass().addAll("icon-button", "latency-toggle");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.selectedProperty().bindBidirectional(value);
        return button;
    }

    private static <T> ComboBox<T> choice(
            String id, String tip, List<T> choices, ObjectProperty<T> value, Function<T, String> text) {
        var box = new ComboBox<T>();
        box.setId(id);
        box.getItems().setAll(choices);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T choice) {
                return choice == null ? "" : text.apply(choice);
            }

            @Override
            public T fromString(String typed) {
                throw new UnsupportedOperationException("Nothing can be typed here: " + typed);
            }
        });
        box.valueProperty().bindBidirectional(value);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setTooltip(new Tooltip(tip));
        return box;
    }
}
