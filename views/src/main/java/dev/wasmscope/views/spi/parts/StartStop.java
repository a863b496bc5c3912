package dev.wasmscope.views.spi.parts;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/// The one button that starts and stops what a tool runs; it says what a press does, or what is under way.
public final class StartStop extends Button {
    /// Of what is started and stopped.
    public enum Stage {
        STOPPED("Start"),
        STARTING("Starting…"),
        RUNNING("Stop"),
        STOPPING("Stopping…");

        private final String text;

        Stage(String text) {
            this.text = text;
        }
    }

    private final ObservableValue<Stage> stage;
    private final ObservableValue<Boolean> startable;

    /// @param startable whether there is something to start
    public StartStop(ObservableValue<Stage> stage, ObservableValue<Boolean> startable, Runnable start, Runnable stop) {
        this.stage = stage;
        this.startable = startable;
        setMinWidth(Region.USE_PREF_SIZE);
        setOnAction(_ -> (stage.getValue() == Stage.RUNNING ? stop : start).run());
        stage.subscribe(_ -> show());
        startable.subscribe(_ -> show());
    }

    private void show() {
        var now = stage.getValue();
        setText(now.text);
        getStyleClass().remove("accent");
        if (now == Stage.STOPPED) {
            getStyleClass().add("accent");
        }
        setDisable(now == Stage.STARTING || now == Stage.STOPPING || (now == Stage.STOPPED && !startable.getValue()));
    }
}
