package dev.wasmscope.views.latency;

import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// How a run goes about it: what does not count, how often, and where its threads are.
final class RunFields extends HBox {
    private static final int USUAL_SECONDS = 10;

    RunFields(PlanModel plan) {
        getStyleClass().add("setup-row");
        setAlignment(Pos.BOTTOM_LEFT);
        var warmUp = LatencySetup.number(
                "latency-warmup",
                "Seconds that are not counted, and more while Java still compiles a server; 0: none",
                0,
                PlanModel.MOST_WARM_UP,
                plan.warmUpProperty());
        var repeats = LatencySetup.number(
                "latency-repeats",
                "Runs one after another: intervals and verdicts are over all of them",
                1,
                PlanModel.MOST_REPEATS,
                plan.repeatsProperty());
        plan.repeatsProperty().subscribe(count -> {
            if (count > 1 && plan.secondsProperty().get() == 0) {
                plan.secondsProperty().set(USUAL_SECONDS);
            }
        });
        getChildren()
                .addAll(
                        LatencySetup.field("Warm-up", warmUp, 86),
                        LatencySetup.field("Repeats", repeats, 76),
                        box(
                                "latency-pin",
                                "Pin",
                                "Keep the measuring thread on the last processor and the servers on the others",
                                plan.pinnedProperty()),
                        box(
                                "latency-real-time",
                                "Real-time priority",
                                "The measuring thread goes before all usual ones while a block lasts, where the system allows it",
                                plan.realTimeProperty()));
    }

    private static CheckBox box(String id, String name, String tip, BooleanProperty value) {
        var box = new CheckBox(name);
        box.setId(id);
        box.setTooltip(new Tooltip(tip));
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.selectedProperty().bindBidirectional(value);
        return box;
    }
}
