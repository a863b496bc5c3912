package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.views.control.LabelledField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;

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
        var of = new ComboBox<Optional<Sweep.Of>>();
        of.setId("latency-sweep");
        of.getItems().add(Optional.empty());
        of.getItems().addAll(choices());
        of.setConverter(new Names());
        of.valueProperty().bindBidirectional(plan.sweptProperty());
        of.setTooltip(new Tooltip("One run after another, each with another value, drawn as a curve"));
        var values = new TextField();
        values.setId("latency-sweep-values");
        values.textProperty().bindBidirectional(plan.valuesProperty());
        values.setTooltip(new Tooltip("Numbers with commas between them; a rate of 0 is the closed loop"));
        values.disableProperty().bind(plan.sweptProperty().map(Optional::isEmpty));
        plan.sweptProperty()
                .subscribe(chosen -> chosen.ifPresent(c -> {
                    values.setText(USUAL.getOrDefault(c, ""));
                    if (plan.secondsProperty().get() == 0) {
                        plan.secondsProperty().set(USUAL_SECONDS);
                    }
                }));
        getChildren().addAll(field("Sweep over", of, 140), field("Values", values, 238));
    }

    private static List<Optional<Sweep.Of>> choices() {
        var choices = new ArrayList<Optional<Sweep.Of>>();
        for (var each : Sweep.Of.values()) {
            choices.add(Optional.of(each));
        }
        return choices;
    }

    private static LabelledField field(String name, javafx.scene.control.Control input, double width) {
        var field = new LabelledField(name, input);
        field.setPrefWidth(width);
        field.setMinWidth(width);
        return field;
    }

    private static final class Names extends StringConverter<Optional<Sweep.Of>> {
        @Override
        public String toString(Optional<Sweep.Of> of) {
            return of == null || of.isEmpty()
                    ? "One run"
                    : of.get().id().substring(0, 1).toUpperCase(Locale.ROOT)
                            + of.get().id().substring(1);
        }

        @Override
        public Optional<Sweep.Of> fromString(String typed) {
            throw new UnsupportedOperationException("Nothing can be typed here: " + typed);
        }
    }
}
