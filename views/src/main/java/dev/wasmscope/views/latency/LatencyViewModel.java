package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.RunState;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.platform.AtomicFiles;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.ChartView;
import dev.wasmscope.engine.report.LatencyReport;
import dev.wasmscope.engine.report.Numbers;
import dev.wasmscope.engine.report.ReportFiles;
import dev.wasmscope.engine.report.Scale;
import dev.wasmscope.engine.report.Statistic;
import dev.wasmscope.engine.report.TimeSpan;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Starts and stops measurements and holds what is shown of them. UI thread only.
final class LatencyViewModel implements AutoCloseable {
    static final LoadMode USUAL_MODE = new LoadMode.FixedRate(1000);
    static final int USUAL_PAYLOAD = 16;

    /// Longest first.
    private static final double[] GROWING = {300, 120, 60, 30, 15};

    private final Background background;
    private final Directories directories;
    private final ReadOnlyObjectWrapper<LatencyState> state = new ReadOnlyObjectWrapper<>(new LatencyState.Idle());
    private final ReadOnlyObjectWrapper<Optional<Snapshot>> snapshot = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final DoubleProperty windowSeconds = new SimpleDoubleProperty(60);
    private final BooleanProperty frozen = new SimpleBooleanProperty();
    private final ObjectProperty<LoadMode> mode = new SimpleObjectProperty<>(USUAL_MODE);
    private final ObjectProperty<Integer> payload = new SimpleObjectProperty<>(USUAL_PAYLOAD);
    private final ObjectProperty<LaneChoice> lanes = new SimpleObjectProperty<>(LaneChoice.USUAL);
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private @Nullable RunningTask starting;
    private @Nullable Lanes latest;

    LatencyViewModel(Background background, Directories directories) {
        this.background = background;
        this.directories = directories;
        mode.subscribe(this::turn);
        payload.subscribe(this::turn);
        busy.subscribe(this::turn);
        windowSeconds.subscribe(this::show);
        frozen.subscribe(this::show);
    }

    ReadOnlyObjectProperty<LatencyState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// What is drawn; empty until the first measurement is ready.
    ReadOnlyObjectProperty<Optional<Snapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    /// How far back the chart goes.
    DoubleProperty windowSecondsProperty() {
        return windowSeconds;
    }

    /// The drawing stands still; measuring goes on.
    BooleanProperty frozenProperty() {
        return frozen;
    }

    /// What the next start measures.
    ObjectProperty<LaneChoice> lanesProperty() {
        return lanes;
    }

    ObjectProperty<LoadMode> modeProperty() {
        return mode;
    }

    ObjectProperty<Integer> payloadProperty() {
        return payload;
    }

    /// Spinning threads compete with what is measured.
    BooleanProperty busyProperty() {
        return busy;
    }

    /// Does nothing while it runs.
    void start() {
        if (state.get().active()) {
            return;
        }
        frozen.set(false);
        snapshot.set(Optional.empty());
        state.set(new LatencyState.Starting());
        var settings = settings();
        var choice = lanes.get();
        // Whoever comes second, the started processes or the cancel, ends them.
        var handOver = new AtomicReference<@Nullable Object>();
        starting = background.start(
                "Starting %s and the probe".formatted(choice.servers()),
                _ -> {
                    FirstChart.draw(settings);
                    var started = Lanes.start(choice, settings, directories);
                    if (!handOver.compareAndSet(null, started)) {
                        started.close();
                    }
                    return started;
                },
                result -> started(result, handOver));
    }

    void stop() {
        switch (state.get()) {
            case LatencyState.Starting() -> Objects.requireNonNull(starting).cancel();
            case LatencyState.Measuring(var lanes) -> over(lanes, new LatencyState.Stopped());
            default -> {
                // Nothing runs.
            }
        }
    }

    /// Takes what the recorder has. To be called some ten times a second.
    void poll() {
        if (state.get() instanceof LatencyState.Measuring(var lanes)) {
            switch (lanes.run().state()) {
                case RunState.Failed(var sentence) -> over(lanes, new LatencyState.Failed(sentence));
                case RunState.Ended _ -> over(lanes, new LatencyState.Stopped());
                default -> {
                    if (!frozen.get()) {
                        show();
                    }
                }
            }
        }
    }

    /// A line that warns about the figures; empty when nothing is wrong with them.
    String warning() {
        return snapshot.get().stream()
                .flatMap(s -> s.series().stream())
                .filter(s -> s.missed() > 0)
                .map(s -> String.format(
                        Locale.ROOT,
                        "%s cannot keep this rate: %,d planned sends were given up. Choose a lower rate.",
                        s.series().title(),
                        s.missed()))
                .findFirst()
                .orElse("");
    }

    /// For the status bar: the medians of the first target; empty while nothing is measured.
    String brief() {
        if (!(state.get() instanceof LatencyState.Measuring) || snapshot.get().isEmpty()) {
            return "";
        }
        var series = snapshot.get().get().series();
        var target = series.getFirst().series().target();
        return series.stream()
                .filter(s -> s.series().target().equals(target) && s.latency().samples() > 0)
                .map(s -> s.series().transport() + " "
                        + Numbers.withUnit(s.latency().percentileOrWeaker(50)))
                .reduce((a, b) -> a + " · " + b)
                .map(text -> target + " " + text)
                .orElse("");
    }

    /// What of it a chart shows: the chosen window, or less at first, so that the beginning fills the chart too.
    TimeSpan span(Snapshot of) {
        double shown = windowSeconds.get();
        for (double step : GROWING) {
            if (of.seconds() <= step && step < shown) {
                shown = step;
            }
        }
        return TimeSpan.last(shown, of);
    }

    /// What a chart is headed with: command, mode, payload.
    String heading() {
        return report().map(LatencyReport::mode).orElse("");
    }

    /// Writes the chart that is shown; the ending decides the format, PNG or SVG.
    ///
    /// @param done gets a sentence that names the file, or the reason why there is none
    void export(Path file, ChartStyle style, Consumer<Result<String>> done) {
        var shown = report().orElseThrow(() -> new IllegalStateException("Nothing was measured yet"));
        var view = new ChartView(ChartKind.TIME, span(shown.snapshot()), Scale.LOG, Statistic.P50);
        var image = ReportFiles.image(shown, view, style);
        boolean svg = file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
        var _ = background.start(
                "Exporting " + file.getFileName(),
                _ -> {
                    AtomicFiles.write(file, svg ? image.svg() : image.png(2));
                    return "Saved the chart as " + file + ".";
                },
                done);
    }

    /// Ends what runs and waits for it.
    @Override
    public void close() throws IOException {
        stop();
        if (latest != null) {
            latest.close();
        }
    }

    private void started(Result<Lanes> result, AtomicReference<@Nullable Object> handOver) {
        starting = null;
        switch (result) {
            case Result.Ok(var lanes) -> {
                latest = lanes;
                state.set(new LatencyState.Measuring(lanes));
                turn();
            }
            case Result.Failed(var cause) -> state.set(new LatencyState.Failed(String.valueOf(cause.getMessage())));
            case Result.Cancelled() -> {
                state.set(new LatencyState.Idle());
                if (handOver.getAndSet("cancelled") instanceof Lanes lanes) {
                    end(lanes);
                }
            }
        }
    }

    private void over(Lanes lanes, LatencyState end) {
        frozen.set(false);
        state.set(end);
        show();
        end(lanes);
    }

    private void end(Lanes lanes) {
        var _ = background.start(
                "Ending the measured servers",
                _ -> {
                    lanes.close();
                    return true;
                },
                _ -> {});
    }

    private void turn() {
        if (state.get() instanceof LatencyState.Measuring(var lanes)
                && !lanes.run().settings().equals(settings())) {
            lanes.run().turn(settings());
        }
    }

    private void show() {
        if (latest != null && !frozen.get() && !(state.get() instanceof LatencyState.Starting)) {
            var recorder = latest.run().recorder();
            boolean goesOn = state.get() instanceof LatencyState.Measuring;
            snapshot.set(Optional.of(goesOn ? recorder.recent(windowSeconds.get()) : recorder.snapshot()));
        }
    }

    private Settings settings() {
        return new Settings(mode.get(), payload.get(), false, busy.get());
    }

    private Optional<LatencyReport> report() {
        var lanes = latest;
        return lanes == null
                ? Optional.empty()
                : snapshot.get().map(s -> new LatencyReport(lanes.run().plan(), s, lanes.environment()));
    }
}
