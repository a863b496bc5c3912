package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.RunState;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.WarmUp;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.engine.report.Numbers;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final ReadOnlyObjectWrapper<LaneObstacles> obstacles = new ReadOnlyObjectWrapper<>(LaneObstacles.NONE);
    private final BooleanProperty frozen = new SimpleBooleanProperty();
    private final PlanModel plan = new PlanModel();
    private final ChartModel chart = new ChartModel();
    private final ShownRun shown;
    private @Nullable RunningTask starting;
    private @Nullable Lanes latest;
    /// Lines of the recorder that are in what is shown.
    private long drawn = -1;
    /// Null for a single run.
    private @Nullable SweepStep step;
    /// The next value's run is being started.
    private boolean advancing;
    /// Stop was asked for meanwhile.
    private boolean stopping;

    LatencyViewModel(Background background, Directories directories) {
        this.background = background;
        this.directories = directories;
        this.shown = new ShownRun(background);
        List.of(plan.modeProperty(), plan.payloadProperty(), plan.busyProperty(), plan.strategyProperty())
                .forEach(each -> each.subscribe(this::turn));
        chart.minutesProperty().subscribe(this::show);
        frozen.subscribe(this::show);
        background.start("Looking for lanes", _ -> LaneObstacles.look(), this::looked);
    }

    ReadOnlyObjectProperty<LatencyState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ShownRun shown() {
        return shown;
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
        shown.clear();
        step = plan.sweep().map(SweepStep::first).orElse(null);
        state.set(new LatencyState.Starting());
        var settings = plan.settings();
        var wanted = step == null ? plan.wanted() : plan.wanted().then(step::in);
        // Whoever comes second, the started processes or the cancel, ends them.
        var handOver = new AtomicReference<@Nullable Object>();
        starting = background.start(
                "Starting %s and the probe".formatted(wanted.choice().servers()),
                _ -> {
                    FirstChart.draw(settings);
                    var started = Lanes.start(wanted, directories);
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
            case LatencyState.Measuring(var lanes) -> {
                if (advancing) {
                    // What is being started is ended then.
                    stopping = true;
                } else {
                    over(lanes, new LatencyState.Stopped());
                }
            }
            default -> {
                // Nothing runs.
            }
        }
    }

    /// Takes what the recorder has. To be called some ten times a second.
    void poll() {
        if (state.get() instanceof LatencyState.Measuring(var lanes) && !advancing) {
            switch (lanes.run().state()) {
                case RunState.Failed(var sentence) -> over(lanes, new LatencyState.Failed(sentence));
                case RunState.Ended _ -> ended(lanes);
                default -> {
                    if (lanes.run().recorder().lines() != drawn) {
                        show();
                    }
                }
            }
        }
    }

    /// A line that warns about the figures; empty when nothing is wrong with them.
    String warning() {
        var problem = plan.problemProperty().get();
        if (state.get().active() && !problem.isEmpty()) {
            return problem;
        }
        return shown.snapshotProperty().get().stream()
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
        return shown.snapshotProperty()
                .get()
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
        var snapshot = shown.snapshotProperty().get();
        if (!(state.get() instanceof LatencyState.Measuring) || snapshot.isEmpty()) {
            return "";
        }
        var series = snapshot.get().series();
        var target = series.getFirst().series().target();
        return series.stream()
                .filter(s -> s.series().target().equals(target) && s.latency().samples() > 0)
                .map(s -> s.series().transport() + " "
                        + Numbers.withUnit(s.latency().percentileOrWeaker(50)))
                .reduce((a, b) -> a + " · " + b)
                .map(text -> target + " " + text)
                .orElse("");
    }

    /// Which value of a sweep and which of several runs is measured, and what a longer warm-up waits for; empty where
    /// there is nothing to say.
    String progress() {
        if (!state.get().active()) {
            return "";
        }
        var sweep = step == null ? Stream.<String>empty() : Stream.of("Sweep: " + step.title());
        var warming = shown.snapshotProperty().get().flatMap(Snapshot::warmUp).filter(w -> !w.over()).stream()
                .map(WarmUp::sentence);
        var run = state.get() instanceof LatencyState.Measuring(var lanes) && lanes.count() > 1
                ? Stream.of(lanes.title())
                : Stream.<String>empty();
        return Stream.of(sweep, run, warming).flatMap(texts -> texts).collect(Collectors.joining(" · "));
    }

    /// Opens a bundle, or lays other tools' files over what is shown.
    ///
    /// @param done gets a sentence that says what was opened, or the reason why nothing was
    void open(List<Path> files, Consumer<Result<String>> done) {
        var _ = background.start("Opening " + files.getFirst().getFileName(), _ -> OpenedFiles.read(files), result -> {
            switch (result) {
                case Result.Ok(var read) -> done.accept(open(read));
                case Result.Failed(var cause) -> done.accept(new Result.Failed<>(cause));
                case Result.Cancelled() -> done.accept(new Result.Cancelled<>());
            }
        });
    }

    private Result<String> open(OpenedFiles read) {
        if (read.bundle().isPresent() && state.get().active()) {
            return new Result.Failed<>(new IOException("a run is under way. Stop it first"));
        }
        if (read.bundle().isEmpty() && shown.snapshotProperty().get().isEmpty()) {
            return new Result.Failed<>(
                    new IOException("there is nothing to lay it over. Measure first, or open a bundle"));
        }
        if (read.bundle().isPresent()) {
            shown.open(read.bundle().get(), read.snapshot());
            state.set(new LatencyState.Stopped());
        }
        if (!read.imports().isEmpty()) {
            shown.layOver(read.imports());
        }
        return new Result.Ok<>(read.sentence());
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
                measuring(lanes);
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

    private void measuring(Lanes lanes) {
        latest = lanes;
        drawn = -1;
        shown.begun(lanes);
        state.set(new LatencyState.Measuring(lanes));
    }

    private void ended(Lanes lanes) {
        if (lanes.left() > 0) {
            advance(lanes, "Measuring again", () -> new Advanced(Optional.empty(), lanes.again()));
            return;
        }
        var next = step == null ? Optional.<SweepStep>empty() : step.next();
        if (next.isEmpty()) {
            over(lanes, new LatencyState.Stopped());
            return;
        }
        var measured = Objects.requireNonNull(step);
        var planned = next.get().in(lanes.run().plan());
        step = next.get();
        advance(lanes, "Measuring " + step.title(), () -> {
            // Worked out before the next run begins: it would be measured, too.
            var ended = measured.point(lanes.recording());
            return new Advanced(Optional.of(ended), lanes.followedBy(planned));
        });
    }

    /// The next run on the same servers.
    private void advance(Lanes lanes, String title, Callable<Advanced> work) {
        advancing = true;
        stopping = false;
        var _ = background.start(title, _ -> work.call(), result -> {
            advancing = false;
            switch (result) {
                case Result.Ok(var advanced) -> {
                    advanced.ended.ifPresent(this::add);
                    measuring(advanced.lanes);
                    if (stopping) {
                        stop();
                    }
                }
                case Result.Failed(var cause) ->
                    over(lanes, new LatencyState.Failed(String.valueOf(cause.getMessage())));
                case Result.Cancelled() -> over(lanes, new LatencyState.Stopped());
            }
        });
    }

    /// @param ended the value of a sweep that has been measured
    private record Advanced(Optional<SweepStep.Measured> ended, Lanes lanes) {}

    private void add(SweepStep.Measured measured) {
        shown.add(measured.sweep(), measured.run(), measured.point());
        chart.kindProperty().set(ChartKind.SWEEP);
    }

    private void over(Lanes lanes, LatencyState end) {
        frozen.set(false);
        state.set(end);
        show();
        var measured = step;
        var _ = background.start(
                "Ending the measured servers",
                _ -> {
                    lanes.close();
                    return new Ending(
                            measured == null ? Optional.empty() : measured.last(lanes.recording()),
                            lanes.before().map(_ -> lanes.recording().snapshot()));
                },
                result -> {
                    if (result instanceof Result.Ok(var ending) && shown.isOf(lanes)) {
                        ending.last.ifPresent(this::add);
                        ending.whole.ifPresent(shown::show);
                        shown.settle();
                    }
                });
    }

    /// @param last value of a sweep
    /// @param whole several runs of the same plan together
    private record Ending(Optional<SweepStep.Measured> last, Optional<Snapshot> whole) {}

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
        // A sweep's runs are alike but for what is swept.
        if (step == null
                && plan.problemProperty().get().isEmpty()
                && state.get() instanceof LatencyState.Measuring(var lanes)
                && !lanes.run().settings().equals(plan.settings())) {
            lanes.run().turn(plan.settings());
        }
    }

    private void show() {
        if (latest != null && shown.isOf(latest) && !frozen.get() && !(state.get() instanceof LatencyState.Starting)) {
            var recorder = latest.run().recorder();
            drawn = recorder.lines();
            boolean goesOn = state.get() instanceof LatencyState.Measuring;
            shown.show(goesOn ? recorder.recent(chart.seconds()) : recorder.snapshot());
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
