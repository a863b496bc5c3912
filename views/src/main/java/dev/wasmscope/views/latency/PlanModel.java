package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.ClientSide;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.report.LatencyCommand;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What the next run measures. Rate, payload, load and wait strategy can be turned while it goes on.
final class PlanModel {
    static final LoadMode USUAL_MODE = new LoadMode.FixedRate(1000);
    static final int USUAL_PAYLOAD = 16;
    static final int MOST_PIPELINE = 1000;
    static final int MOST_CLIENTS = 1000;
    static final int MOST_SECONDS = 86_400;

    static final int MOST_WARM_UP = 600;
    static final int MOST_REPEATS = 100;

    private final ObjectProperty<LaneChoice> lanes = new SimpleObjectProperty<>(LaneChoice.USUAL);
    private final ObjectProperty<LoadMode> mode = new SimpleObjectProperty<>(USUAL_MODE);
    private final ObjectProperty<Integer> payload = new SimpleObjectProperty<>(USUAL_PAYLOAD);
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<WaitStrategy> strategy = new SimpleObjectProperty<>(WaitStrategy.ADAPTIVE);
    private final StringProperty command = new SimpleStringProperty("PING");
    private final ObjectProperty<Integer> pipeline = new SimpleObjectProperty<>(1);
    private final ObjectProperty<Integer> clients = new SimpleObjectProperty<>(1);
    private final ObjectProperty<Integer> seconds = new SimpleObjectProperty<>(0);
    private final ObjectProperty<Integer> warmUp = new SimpleObjectProperty<>(1);
    private final ObjectProperty<Integer> repeats = new SimpleObjectProperty<>(1);
    private final BooleanProperty pinned = new SimpleBooleanProperty();
    private final BooleanProperty realTime = new SimpleBooleanProperty();
    private final ObjectProperty<Optional<Sweep.Of>> swept = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty values = new SimpleStringProperty("");
    private final StringBinding problem = Bindings.createStringBinding(
            this::problem,
            command,
            mode,
            payload,
            strategy,
            pipeline,
            clients,
            seconds,
            repeats,
            pinned,
            realTime,
            swept,
            values);

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

    /// How the measuring side waits at a ring of shared memory.
    ObjectProperty<WaitStrategy> strategyProperty() {
        return strategy;
    }

    StringProperty commandProperty() {
        return command;
    }

    /// 1 to [#MOST_PIPELINE].
    ObjectProperty<Integer> pipelineProperty() {
        return pipeline;
    }

    /// Connections of each lane, 1 to [#MOST_CLIENTS].
    ObjectProperty<Integer> clientsProperty() {
        return clients;
    }

    /// After the warm-up; 0 until stopped.
    ObjectProperty<Integer> secondsProperty() {
        return seconds;
    }

    /// Seconds that are measured, drawn grey and not counted; longer while Java still compiles a server, but for 0.
    ObjectProperty<Integer> warmUpProperty() {
        return warmUp;
    }

    /// Runs one after another, 1 to [#MOST_REPEATS].
    ObjectProperty<Integer> repeatsProperty() {
        return repeats;
    }

    /// The measuring thread stays on the last processor, the servers on the others.
    BooleanProperty pinnedProperty() {
        return pinned;
    }

    /// The measuring thread goes before all usual ones, where the system allows it.
    BooleanProperty realTimeProperty() {
        return realTime;
    }

    /// What is changed from run to run; empty for a single run.
    ObjectProperty<Optional<Sweep.Of>> sweptProperty() {
        return swept;
    }

    /// The values of a sweep with commas between them.
    StringProperty valuesProperty() {
        return values;
    }

    /// @throws IllegalArgumentException with a sentence when the values make no sense
    Optional<Sweep> sweep() {
        return swept.get().map(of -> Sweep.parse(of.id() + "=" + values.get().replaceAll("\\s", "")));
    }

    Settings settings() {
        return new Settings(mode.get(), payload.get(), false, busy.get(), strategy.get());
    }

    /// What is set now, for lanes that are known later, on whatever thread.
    ///
    /// @throws IllegalArgumentException with a sentence when there can be no such plan
    Lanes.Wanted wanted() {
        return new Lanes.Wanted(lanes.get(), strategy.get(), pinned.get(), repeats.get(), planner());
    }

    private Function<List<PlannedSeries>, LatencyPlan> planner() {
        var one = plan(List.of(new PlannedSeries("", "", "")));
        return series -> new LatencyPlan(
                series,
                one.command(),
                one.pipeline(),
                one.settings(),
                one.client(),
                one.warmUp(),
                one.length(),
                one.block(),
                one.patience(),
                one.seed());
    }

    /// Why no run can begin, a sentence; empty where one can.
    StringBinding problemProperty() {
        return problem;
    }

    private String problem() {
        try {
            var once = plan(List.of(new PlannedSeries("", "", "")));
            var sweep = sweep();
            if (sweep.isPresent()) {
                sweep.get().values().forEach(v -> sweep.get().of().in(once, v));
            }
            if (sweep.isPresent() && seconds.get() == 0) {
                return "A sweep goes on to the next value by itself: set Seconds, 10 say.";
            }
            if (repeats.get() > 1 && seconds.get() == 0) {
                return "A run that is repeated ends by itself: set Seconds, 10 say.";
            }
            return placementProblem(once);
        } catch (IllegalArgumentException e) {
            return e.getMessage() + ".";
        }
    }

    private String placementProblem(LatencyPlan once) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (pinned.get() && processors < 2) {
            return "Each side stays on processors of its own only where there are two: untick Pin.";
        }
        return once.needsThreeProcessors() && processors < 3
                ? "At real-time priority, spinning in a closed loop against a server that spins leaves nothing of two"
                        + " processors: choose a rate, or Adaptive."
                : "";
    }

    private LatencyPlan plan(List<PlannedSeries> series) {
        var usual = LatencyPlan.of(series, settings());
        return new LatencyPlan(
                series,
                command.get().strip(),
                pipeline.get(),
                settings(),
                new ClientSide(clients.get(), OptionalInt.empty(), realTime.get(), 0),
                Duration.ofSeconds(warmUp.get()),
                Duration.ofSeconds(seconds.get()),
                usual.block(),
                usual.patience(),
                usual.seed());
    }

    /// What a run or a sweep does after it has begun, for a sentence.
    String extent() {
        var once = repeats.get() == 1 ? "" : ", %d runs of %d s each,".formatted(repeats.get(), seconds.get());
        return sweep().map(s ->
                        ", %d values of %s for %d s each,".formatted(s.values().size(), s.of().id(), seconds.get()))
                .orElse(once);
    }

    /// The command line that measures the same without a window.
    String commandLine() {
        var series = lanes.get().lanes().stream()
                .map(lane -> new PlannedSeries(lane.target(), lane.transport(), ""))
                .toList();
        var plan = plan(series);
        // Which processor that is shows when a run begins.
        var client = pinned.get() ? plan.client().withProcessor(OptionalInt.of(0)) : plan.client();
        return LatencyCommand.of(plan.withClient(client), repeats.get(), sweep());
    }
}
