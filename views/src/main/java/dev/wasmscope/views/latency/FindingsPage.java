package dev.wasmscope.views.latency;

import dev.wasmscope.views.background.Result;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.TextArea;

/// What a run comes to in words: conditions, cost, noise, intervals, verdicts between lanes, what was laid over it. As
/// `wasmscope report` prints it.
final class FindingsPage extends TextArea {
    private final LatencyViewModel model;
    private final BooleanProperty wanted = new SimpleBooleanProperty();

    FindingsPage(LatencyViewModel model) {
        this.model = model;
        setId("latency-findings-text");
        getStyleClass().addAll("mono", "latency-findings");
        setEditable(false);
        setMinSize(0, 0);
        visibleProperty().bind(wanted);
        wanted.subscribe(this::refresh);
        model.stateProperty().subscribe(this::refresh);
        model.shown().overlaysProperty().subscribe(this::refresh);
    }

    /// Instead of the chart.
    BooleanProperty wantedProperty() {
        return wanted;
    }

    /// Of a run that goes on, what it has come to so far.
    private void refresh() {
        if (wanted.get() && model.shown().report().isPresent()) {
            setText("Comparing the lanes…");
            model.shown()
                    .findings(result -> setText(
                            switch (result) {
                                case Result.Ok(var text) -> text;
                                case Result.Failed(var cause) ->
                                    "The lanes could not be compared: " + cause.getMessage();
                                case Result.Cancelled() -> "Comparing the lanes was stopped.";
                            }));
        }
    }
}
