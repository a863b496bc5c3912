package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.views.control.Icons;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Ticks for servers and transports; it stays open while they are set.
final class LanesMenu extends MenuButton {
    /// A menu button that is an icon only.
    static final String NO_ARROW = "no-arrow";

    private final LatencyViewModel model;
    private final BooleanProperty brief = new SimpleBooleanProperty();

    LanesMenu(LatencyViewModel model) {
        this.model = model;
        setId("latency-lanes");
        setGraphic(Icons.lanes());
        setMinWidth(Region.USE_PREF_SIZE);
        setAccessibleText("Servers and transports to measure");
        textProperty()
                .bind(Bindings.createStringBinding(
                        () -> text(model.lanesProperty().get().count()), model.lanesProperty(), brief));
        setTooltip(new Tooltip());
        getTooltip()
                .textProperty()
                .bind(model.lanesProperty()
                        .map(lanes -> "Measured: %s, over %s".formatted(lanes.servers(), lanes.ways())));
        brief.subscribe(now -> {
            getStyleClass().remove(NO_ARROW);
            if (now) {
                getStyleClass().add(NO_ARROW);
            }
        });
        LaneChoice.TARGETS.forEach(target -> getItems().add(item(target, title(target))));
        getItems().add(new SeparatorMenuItem());
        LaneChoice.TRANSPORTS.forEach(way ->
                getItems().add(item(way, LaneChoice.way(way) + (way.equals("unix") ? " socket" : ""))));
        // Servers are started with the run.
        disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.stateProperty().get().active(), model.stateProperty()));
    }

    /// Whether there is room for the icon only.
    BooleanProperty briefProperty() {
        return brief;
    }

    private String text(int lanes) {
        return brief.get() ? "" : lanes == 1 ? "1 lane" : lanes + " lanes";
    }

    private static String title(String target) {
        return switch (target) {
            case MeasuredTargets.NATIVE -> "Native Redis";
            case MeasuredTargets.ECHO -> "Echo server";
            default -> RedisModule.present() ? "Redis in Wasm" : "Redis in Wasm (not in this build)";
        };
    }

    private MenuItem item(String name, String title) {
        var box = new CheckBox(title);
        box.setMouseTransparent(true);
        box.setFocusTraversable(false);
        model.lanesProperty().subscribe(lanes -> box.setSelected(lanes.has(name)));
        // The menu hears of clicks on what is in it, not on what is in that.
        var item = new CustomMenuItem(new HBox(box), false);
        item.setId("latency-lane-" + name);
        item.setDisable(name.equals(MeasuredTargets.WASM) && !RedisModule.present());
        item.setOnAction(_ -> model.lanesProperty()
                .set(model.lanesProperty()
                        .get()
                        .with(name, !model.lanesProperty().get().has(name))));
        return item;
    }
}
