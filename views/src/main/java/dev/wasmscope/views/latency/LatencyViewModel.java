package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.RunState;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.LatencyReport;
import dev.wasmscope.engine.report.LatencyText;
import dev.wasmscope.engine.report.Numbers;
import dev.wasmscope.engine.report.ReportFiles;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/// Starts and stops measurements and holds what is shown of them. UI thread only.
final class LatencyViewModel implements AutoCloseable {
    private final Background background;
    private final Directories directories;
    private final ReadOnlyObjectWrapper<LatencyState> state = new ReadOnlyObjectWrapper<>(new LatencyState.Idle());
    private final ReadOnlyObjectWrapper<Optional<Snapshot>> snapshot = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<LaneObstacles> obstacles = new ReadOnlyObjectWrapper<>(LaneObstacles.NONE);
    private final ReadOnlyObjectWrapper<Optional<Measurement>> opened = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<ImportedSeries>> overlays = new ReadOnlyObjectWrapper<>(List.of());
    private final BooleanProperty frozen = new SimpleBooleanProperty();
    private final PlanModel plan = new PlanModel();
    private final ChartModel chart = new ChartModel();
    private @Nullable RunningTask starting;
    private @Nullable Lanes latest;

    LatencyViewModel(Background background, Directories directories) {
        this.background = background;
        this.directories = directories;
        List.of(plan.modeProperty(), plan.payloadProperty(), plan.busyProperty(), plan.strategyProperty())
                .forEach(each -> each.subscribe(this::turn));
        chart.minutesProperty().subscribe(this::show);
        frozen.subscribe(this::show);
        background.start("Looking for lanes", _ -> LaneObstacles.look(), this::looked);
    }

    ReadOnlyObjectProperty<LatencyState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// What is drawn; empty until the first measurement is ready.
    ReadOnlyObjectProperty<Optional<Snapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    /// Why some lanes cannot be had; none is known at first.
    ReadOnlyObjectProperty<LaneObstacles> obstaclesProperty() {
        return obstacles.getReadOnlyProperty();
    }

    PlanModel plan() {
        return plan;
    }

    ChartModel chart() {
        return chart;
    }

    /// The drawing stands still; measuring goes on.
    BooleanProperty frozenProperty() {
        return frozen;
    }

    /// Does nothing while it runs.
    void start() {
        if (state.get().active()) {
            return;
        }
        var problem = plan.problemProperty().get();
        if (!problem.isEmpty()) {
            state.set(new LatencyState.Failed(problem));
            return;
        }
        frozen.set(false);
        snapshot.set(Optional.empty());
        opened.set(Optional.empty());
        state.set(new LatencyState.Starting());
        var settings = plan.settings();
        var planner = plan.planner();
        var choice = plan.lanesProperty().get();
        // Whoever comes second, the started processes or the cancel, ends them.
        var handOver = new AtomicReference<@Nullable Object>();
        starting = background.start(
                "Starting %s and the probe".formatted(choice.servers()),
                _ -> {
                    FirstChart.draw(settings);
                    var started = Lanes.start(choice, planner, directories);
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
                .or(this::noiseWarning)
                .orElse("");
    }

    private Optional<String> noiseWarning() {
        return snapshot.get()
                .flatMap(s -> s.noise()
                        .flatMap(noise -> s.series().stream()
                                .filter(lane -> noise.covers(lane.latency(), 99))
                                .findFirst()
                                .map(lane ->
                                        "The p99 of %s lies within the noise of this machine (%s) and may be its doing."
                                                .formatted(
                                                        lane.series().title(), Numbers.withUnit(noise.micros(99))))));
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

    /// What was found so far; empty until the first measurement is ready or a bundle is open.
    Optional<LatencyReport> report() {
        var lanes = latest;
        var bundle = opened.get();
        if (bundle.isPresent()) {
            var run = bundle.get().first();
            return snapshot.get().map(s -> new LatencyReport(run.plan(), s, run.environment(), overlays.get()));
        }
        return lanes == null
                ? Optional.empty()
                : snapshot.get()
                        .map(s -> new LatencyReport(lanes.run().plan(), s, lanes.environment(), overlays.get()));
    }

    /// Everything that was measured, with every block; gathers it, so not on the UI thread.
    Supplier<Measurement> measurement() {
        var lanes = latest;
        var bundle = opened.get();
        var laidOver = overlays.get();
        if (bundle.isEmpty() && lanes == null) {
            throw new IllegalStateException("Nothing was measured yet");
        }
        return () -> {
            var measured = bundle.isPresent() || lanes == null
                    ? bundle.orElseThrow()
                    : Measurement.of(lanes.run().recorder().recording(lanes.environment()));
            return new Measurement(measured.sweep(), measured.points(), laidOver);
        };
    }

    /// From other tools, drawn beside our own.
    ReadOnlyObjectProperty<List<ImportedSeries>> overlaysProperty() {
        return overlays.getReadOnlyProperty();
    }

    void removeOverlays() {
        overlays.set(List.of());
    }

    /// Opens a bundle, or lays other tools' files over what is shown.
    ///
    /// @param done gets a sentence that says what was opened, or the reason why nothing was
    void open(List<Path> files, Consumer<Result<String>> done) {
        var _ = background.start("Opening " + files.getFirst().getFileName(), _ -> OpenedFiles.read(files), result -> {
            switch (result) {
                case Result.Ok(var read) -> done.accept(shown(read));
                case Result.Failed(var cause) -> done.accept(new Result.Failed<>(cause));
                case Result.Cancelled() -> done.accept(new Result.Cancelled<>());
            }
        });
    }

    private Result<String> shown(OpenedFiles read) {
        if (read.bundle().isPresent() && state.get().active()) {
            return new Result.Failed<>(new IOException("a run is under way. Stop it first"));
        }
        if (read.bundle().isEmpty() && snapshot.get().isEmpty()) {
            return new Result.Failed<>(
                    new IOException("there is nothing to lay it over. Measure first, or open a bundle"));
        }
        if (read.bundle().isPresent()) {
            opened.set(read.bundle());
            overlays.set(read.bundle().get().overlays());
            snapshot.set(Optional.of(read.snapshot()));
            state.set(new LatencyState.Stopped());
        }
        if (!read.imports().isEmpty()) {
            var all = new ArrayList<>(overlays.get());
            all.addAll(read.imports());
            overlays.set(List.copyOf(all));
        }
        return new Result.Ok<>(read.sentence());
    }

    /// Writes what is shown; the ending decides the format.
    ///
    /// @param done gets a sentence that names the file, or the reason why there is none
    void export(Path file, ChartStyle style, Consumer<Result<String>> done) {
        var shown = report().orElseThrow(() -> new IllegalStateException("Nothing was measured yet"));
        var view = chart.view(shown.snapshot());
        var measured = measurement();
        var _ = background.start(
                "Exporting " + file.getFileName(),
                _ -> saved(ReportFiles.write(measured.get(), view, style, file)),
                done);
    }

    /// Numbers, cost, noise, intervals and verdicts as text.
    void findings(Consumer<Result<String>> done) {
        var measured = measurement();
        var _ = background.start("Comparing the lanes", _ -> LatencyText.of(measured.get()), done);
    }

    /// The chart that is shown as the bytes of a PNG, for the clipboard.
    void picture(ChartStyle style, Consumer<Result<byte[]>> done) {
        var shown = report().orElseThrow(() -> new IllegalStateException("Nothing was measured yet"));
        var view = chart.view(shown.snapshot());
        var _ = background.start(
                "Drawing the chart", _ -> ReportFiles.image(shown, view, style).png(2), done);
    }

    private static String saved(List<Path> files) {
        return files.size() == 1
                ? "Saved " + files.getFirst() + "."
                : "Saved %d files: %s and so on.".formatted(files.size(), files.getFirst());
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
                && !lanes.run().settings().equals(plan.settings())) {
            lanes.run().turn(plan.settings());
        }
    }

    private void show() {
        if (latest != null
                && opened.get().isEmpty()
                && !frozen.get()
                && !(state.get() instanceof LatencyState.Starting)) {
            var recorder = latest.run().recorder();
            boolean goesOn = state.get() instanceof LatencyState.Measuring;
            snapshot.set(Optional.of(goesOn ? recorder.recent(chart.seconds()) : recorder.snapshot()));
        }
    }

    private void looked(Result<LaneObstacles> result) {
        if (result instanceof Result.Ok(var found)) {
            obstacles(found);
        }
    }

    /// Ticks what this machine has, unless the user was quicker.
    void obstacles(LaneObstacles found) {
        obstacles.set(found);
        if (plan.lanesProperty().get().equals(LaneChoice.USUAL)) {
            plan.lanesProperty().set(LaneChoice.USUAL.without(found));
        }
    }
}
