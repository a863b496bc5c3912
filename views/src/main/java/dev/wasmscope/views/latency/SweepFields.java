package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.views.spi.parts.LabelledField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// What is swept, and over which values.
final class SweepFields extends HBox {
    private static final Map<Sweep.Of, String> USUAL = Map.of(
            Sweep.Of.RATE, "100, 1000, 5000, 20000",
            Sweep.Of.PAYLOAD, "16, 256, 4096, 65536",
            Sweep.Of.CLIENTS, "1, 2, 4, 8, 16",
            Sweep.Of.LOAD, "0, 1, 2, 4");
    private static final int USUAL_SECONDS = 10;

    SweepFields(PlanModel plan) {
        getStyleClass().add("setup-row");
        var of = LatencyToolRow.choice(
                "latency-sweep",
                "One run after another, each with another value, drawn as a curve",
                choices(),
                plan.sweptProperty(),
                SweepFields::name);
        var values = LabelledField.text("latency-sweep-values", "", plan.valuesProperty());
        values.setTooltip(new Tooltip("Numbers with commas between them; a rate of 0 is the closed loop"));
        values.disableProperty().bind(plan.sweptProperty().map(Optional::isEmpty));
        plan.sweptProperty()
                .subscribe(chosen -> chosen.ifPresent(c -> {
                    values.setText(USUAL.getOrDefault(c, ""));
                    if (plan.secondsProperty().get() == 0) {
                        plan.secondsProperty().set(USUAL_SECONDS);
                    }
                }));
        getChildren().addAll(LatencySetup.field("Sweep over", of, 140), LatencySetup.field("Values", values, 238));
    }

    private static List<Optional<Sweep.Of>> choices() {
        var choices = new ArrayList<Optional<Sweep.Of>>();
        choices.add(Optional.empty());
        for (var each : Sweep.Of.values()) {
            choices.add(Optional.of(each));
        }
        return choices;
    }

    private static String name(Optional<Sweep.Of> of) {
        return of.map(Sweep.Of::id)
                .map(id -> id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1))
                .orElse("One run");
    }
}
