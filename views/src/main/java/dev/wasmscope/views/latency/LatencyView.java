package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.report.LatencyChart;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.SaveDialog;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Palette;
import dev.wasmscope.views.spi.Workbench;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The latency tool's contents.
final class LatencyView extends BorderPane {
    private static final Duration PULSE = Duration.millis(100);
    private static final int PULSES_A_TABLE = 5;

    private final LatencyViewModel model;
    private final ReadOnlyObjectProperty<Palette> palette;
    private final Consumer<Notice> notices;
    private final Background background;
    private final ChartCanvas chart = new ChartCanvas();
    private final PercentileTable table = new PercentileTable();
    private final LatencyBody body = new LatencyBody(chart, table);
    private final EmptyState empty;
    private final VBox waiting;
    private final Label message = new Label();
    private final Timeline pulse = new Timeline(new KeyFrame(PULSE, _ -> pulse()));
    private int pulses;
    /// Where the last chart went.
    private Path folder = Path.of(System.getProperty("user.home"));

    LatencyView(LatencyViewModel model, Workbench workbench) {
        this.model = model;
        this.empty = empty();
        this.waiting = waiting();
        this.palette = workbench.paletteProperty();
        this.notices = workbench::notify;
        this.background = workbench.background();
        getStyleClass().add("latency");
        getStylesheets()
                .add(Objects.requireNonNull(LatencyView.class.getResource("latency.css"), "latency.css")
                        .toExternalForm());
        message.setId("latency-message");
        message.getStyleClass().add("latency-message");
        message.setMaxWidth(Double.MAX_VALUE);
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        message.visibleProperty().bind(message.managedProperty());
        setTop(new VBox(
                new LatencyToolRow(model, body.numbersProperty(), () -> export("png"), () -> export("svg")).node(),
                message));
        setCenter(new StackPane(body, empty, waiting));
        pulse.setCycleCount(Animation.INDEFINITE);
        model.stateProperty().subscribe(this::show);
        model.snapshotProperty().subscribe(s -> s.ifPresent(this::draw));
        palette.subscribe(() -> model.snapshotProperty().get().ifPresent(this::draw));
    }

    /// What stands at the head of the chart.
    String heading() {
        return model.heading();
    }

    /// Exports to a known file; the menu asks for one first.
    void exportTo(Path file) {
        folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), folder);
        model.export(file, ChartColors.of(palette.get()), result -> {
            switch (result) {
                case Result.Ok(var sentence) ->
                    notices.accept(new Notice(Notice.Level.SUCCESS, sentence, Optional.empty()));
                case Result.Failed(var cause) ->
                    notices.accept(Notice.error("The chart could not be saved as " + file + ": " + cause.getMessage()
                            + ". Choose another place."));
                case Result.Cancelled() -> {
                    // The user knows.
                }
            }
        });
    }

    private void show(LatencyState state) {
        if (state.active()) {
            pulse.play();
        } else {
            pulse.stop();
        }
        boolean something = model.snapshotProperty().get().isPresent();
        waiting.setVisible(
                state instanceof LatencyState.Starting || (state instanceof LatencyState.Measuring && !something));
        body.setVisible(!waiting.isVisible() && something);
        empty.setVisible(!waiting.isVisible() && !something);
        warn(state instanceof LatencyState.Failed(var sentence) ? sentence : "", true);
        model.snapshotProperty().get().ifPresent(table::show);
    }

    private void pulse() {
        model.poll();
        if (pulses++ % PULSES_A_TABLE == 0 && model.stateProperty().get() instanceof LatencyState.Measuring) {
            model.snapshotProperty().get().ifPresent(table::show);
            warn(model.warning(), false);
        }
    }

    private void draw(Snapshot snapshot) {
        if (snapshot.seconds() > 0 && waiting.isVisible()) {
            waiting.setVisible(false);
            body.setVisible(true);
            table.show(snapshot);
        }
        chart.show(
                new LatencyChart(snapshot, model.span(snapshot), model.heading(), "", ChartColors.of(palette.get())));
    }

    private void warn(String text, boolean error) {
        message.setText(text);
        message.getStyleClass().removeAll("error-text", "warn-text");
        message.getStyleClass().add(error ? "error-text" : "warn-text");
    }

    /// Asks where to save the chart.
    void export(String format) {
        SaveDialog.show(
                getScene().getWindow(),
                "Export the latency chart",
                folder.resolve("latency." + format),
                background,
                this::exportTo);
    }

    private EmptyState empty() {
        var state =
                new EmptyState(Icons.latency(), "Nothing measured yet", "").withAction("Measure", () -> model.start());
        state.textProperty()
                .bind(model.lanesProperty()
                        .map(lanes ->
                                "Starts %s, sends PING over %s from a separate process, and ends them all on Stop."
                                        .formatted(lanes.servers(), lanes.ways())));
        state.getChildren().getLast().setId("latency-measure");
        return state;
    }

    private VBox waiting() {
        var text = new Label();
        text.textProperty()
                .bind(model.lanesProperty().map(lanes -> "Starting %s and the probe…".formatted(lanes.servers())));
        text.getStyleClass().add("text");
        var box = new VBox(new ProgressIndicator(), text);
        box.getStyleClass().addAll("empty-state", "waiting");
        return box;
    }
}
