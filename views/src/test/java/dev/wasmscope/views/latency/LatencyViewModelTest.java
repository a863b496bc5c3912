package dev.wasmscope.views.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.ChartView;
import dev.wasmscope.engine.report.Scale;
import dev.wasmscope.engine.report.Statistic;
import dev.wasmscope.engine.report.TimeSpan;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.workspace.UiQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real Redis, a real echo server and a real probe, without a toolkit.
class LatencyViewModelTest {
    private static final LaneChoice FOUR = LaneChoice.of(List.of("native", "echo"), List.of("tcp", "unix"));

    @TempDir
    Path directory;

    private final UiQueue ui = new UiQueue();
    private final Background background = new Background(ui);

    @AfterEach
    void close() {
        background.close();
    }

    @Test
    void fourLanesAreMeasuredTurnedFrozenExportedAndStopped() throws Exception {
        try (var model = model()) {
            ui.until("it has looked for lanes", () -> background.tasks().isEmpty());
            model.plan().lanesProperty().set(FOUR);
            model.start();
            model.start();
            assertThat(background.tasks()).hasSize(1);
            ui.until("it measures", () -> model.stateProperty().get() instanceof LatencyState.Measuring);
            var four = pollUntil(
                    model, s -> s.series().stream().allMatch(l -> l.latency().samples() > 0));
            assertThat(four.series().stream().map(s -> s.series().title()))
                    .containsExactly("native · tcp", "native · unix", "echo · tcp", "echo · unix");

            model.plan().modeProperty().set(new LoadMode.ClosedLoop());
            model.plan().payloadProperty().set(256);
            model.plan().busyProperty().set(true);
            var turned =
                    pollUntil(model, s -> s.settings().busy() && s.settings().payload() == 256);
            assertThat(turned.settings().mode()).isEqualTo(new LoadMode.ClosedLoop());
            assertThat(turned.changes()).isNotEmpty();
            assertThat(model.shown().report().orElseThrow().mode())
                    .isEqualTo("PING, closed loop · payload 256 B · busy machine");

            model.frozenProperty().set(true);
            var frozen = model.shown().snapshotProperty().get();
            model.poll();
            assertThat(model.shown().snapshotProperty().get()).isSameAs(frozen);

            model.frozenProperty().set(false);
            if (model.stateProperty().get() instanceof LatencyState.Measuring(var lanes)) {
                lanes.run().turn(lanes.run().settings().withPaused(true));
            }
            pollUntil(model, s -> s.settings().paused());
            var still = model.shown().snapshotProperty().get();
            model.poll();
            assertThat(model.shown().snapshotProperty().get())
                    .describedAs("without new samples nothing is drawn again")
                    .isSameAs(still);

            exportsBothFormats(model);
            model.stop();
            assertThat(model.stateProperty().get()).isEqualTo(new LatencyState.Stopped());
            ui.until("servers are gone", () -> background.tasks().isEmpty());
            assertThat(model.shown().snapshotProperty().get())
                    .describedAs("stays for looking at")
                    .isPresent();
        }
    }

    private void exportsBothFormats(LatencyViewModel model) throws Exception {
        assertThat(Files.readString(export(model, directory.resolve("chart.svg"))))
                .contains("<svg", "native · unix", "256 B");
        assertThat(Files.readAllBytes(export(model, directory.resolve("chart.png"))))
                .startsWith(0x89, 'P', 'N', 'G');
        var result = new AtomicReference<Result<String>>();
        var blocked = Files.writeString(directory.resolve("file"), "x").resolve("chart.png");
        model.shown().export(blocked, view(model), ChartStyle.onDark(), result::set);
        ui.until("the export failed", () -> result.get() != null);
        assertThat(result.get()).isInstanceOf(Result.Failed.class);
    }

    private static ChartView view(LatencyViewModel model) {
        return model.chart().view(model.shown().snapshotProperty().get().orElseThrow());
    }

    private Path export(LatencyViewModel model, Path file) {
        var result = new AtomicReference<Result<String>>();
        model.shown().export(file, view(model), ChartStyle.onLight(), result::set);
        ui.until("exported", () -> result.get() != null);
        assertThat(result.get()).isEqualTo(new Result.Ok<>("Saved " + file + "."));
        return file;
    }

    @Test
    void cancelWhileStartingLeavesNothingRunning() throws Exception {
        // Named by id: what an earlier test is still ending must neither hide a leftover nor look like one.
        var before = descendants();
        try (var model = model()) {
            model.start();
            model.stop();
            ui.until("it is idle again", () -> model.stateProperty().get() instanceof LatencyState.Idle);
        }
        // What was about to start may start after that, to be ended at once.
        int calm = 0;
        for (int i = 0; calm < 200 && i < 6000; i++) {
            calm = before.containsAll(descendants()) ? calm + 1 : 0;
            Thread.sleep(5);
        }
        assertThat(calm)
                .describedAs("looks in a row that found nothing running")
                .isEqualTo(200);
    }

    private static Set<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    @Test
    void sweepMeasuresValueAfterValueOnTheSameServersAndDrawsTheirCurve() throws Exception {
        try (var model = model()) {
            ui.until("it has looked for lanes", () -> background.tasks().isEmpty());
            model.plan().lanesProperty().set(LaneChoice.of(List.of("echo"), List.of("tcp", "unix")));
            model.plan().sweptProperty().set(Optional.of(Sweep.Of.PAYLOAD));
            model.plan().valuesProperty().set("16, 4096");
            assertThat(model.plan().problemProperty().get()).contains("Seconds");
            model.plan().secondsProperty().set(1);
            assertThat(model.plan().problemProperty().get()).isEmpty();
            assertThat(model.plan().commandLine()).contains("--sweep payload=16,4096", "--seconds 1");
            model.start();
            while (!(model.stateProperty().get() instanceof LatencyState.Stopped)) {
                assertThat(model.stateProperty().get()).isNotInstanceOf(LatencyState.Failed.class);
                model.poll();
                ui.runQueued();
                Thread.sleep(5);
            }
            ui.until("the curves are worked out", () -> background.tasks().isEmpty());
            var report = model.shown().report().orElseThrow();
            assertThat(report.sweeping().orElseThrow().points())
                    .hasSize(2)
                    .allMatch(p -> p.snapshot().series().stream()
                            .allMatch(s -> s.latency().samples() > 0));
            assertThat(report.snapshot().settings().payload()).isEqualTo(16);
            assertThat(model.chart().kindProperty().get()).isEqualTo(ChartKind.SWEEP);
            assertThat(Files.readString(export(model, directory.resolve("sweep.svg"))))
                    .contains("4,096", "payload, bytes", "echo · unix");
        }
    }

    @Test
    void runIsRepeatedOnTheSameServersEachWhereItIsToBe() throws Exception {
        try (var model = model()) {
            ui.until("it has looked for lanes", () -> background.tasks().isEmpty());
            var plan = model.plan();
            plan.lanesProperty().set(LaneChoice.of(List.of("echo"), List.of("unix")));
            plan.repeatsProperty().set(2);
            assertThat(plan.problemProperty().get()).contains("Seconds");
            plan.secondsProperty().set(1);
            plan.warmUpProperty().set(0);
            plan.pinnedProperty().set(Runtime.getRuntime().availableProcessors() > 1);
            assertThat(plan.problemProperty().get()).isEmpty();
            assertThat(plan.commandLine()).contains("--repeat 2", "--seconds 1", "--warmup 0ms");
            assertThat(plan.commandLine().contains(" --pin "))
                    .isEqualTo(plan.pinnedProperty().get());
            model.start();
            var titles = new LinkedHashSet<String>();
            while (!(model.stateProperty().get() instanceof LatencyState.Stopped)) {
                assertThat(model.stateProperty().get()).isNotInstanceOf(LatencyState.Failed.class);
                model.poll();
                titles.add(model.progress());
                ui.runQueued();
                Thread.sleep(5);
            }
            assertThat(titles).containsSubsequence("Run 1 of 2", "Run 2 of 2");
            ui.until("all is worked out", () -> background.tasks().isEmpty());
            var recording = model.shown().measurement().get().first();
            assertThat(recording.repeats()).isEqualTo(2);
            var shown = model.shown().snapshotProperty().get().orElseThrow();
            assertThat(shown.series().getFirst().latency().encoded())
                    .isEqualTo(
                            recording.snapshot().series().getFirst().latency().encoded());
            if (plan.pinnedProperty().get()) {
                assertThat(recording.environment().pinning()).contains("client ", "echo 0");
            }
        }
    }

    @Test
    void realTimeThatWouldLeaveNothingToAnybodyIsRefused() throws Exception {
        try (var model = model()) {
            var plan = model.plan();
            plan.realTimeProperty().set(true);
            plan.strategyProperty().set(WaitStrategy.SPIN);
            assertThat(plan.problemProperty().get()).isEmpty();
            assertThat(plan.commandLine()).contains("--real-time");
            plan.modeProperty().set(new LoadMode.ClosedLoop());
            assertThat(plan.problemProperty().get().isEmpty())
                    .isEqualTo(Runtime.getRuntime().availableProcessors() > 2);
        }
    }

    @Test
    void valuesThatAreNoSweepAreRefusedInASentence() throws Exception {
        try (var model = model()) {
            model.plan().secondsProperty().set(5);
            model.plan().sweptProperty().set(Optional.of(Sweep.Of.CLIENTS));
            for (var bad : List.of("", "1,,2", "1,1", "2.5", "0", "1,many", "100000")) {
                model.plan().valuesProperty().set(bad);
                assertThat(model.plan().problemProperty().get())
                        .describedAs(bad)
                        .endsWith(".")
                        .isNotBlank();
                model.start();
                assertThat(model.stateProperty().get()).isInstanceOf(LatencyState.Failed.class);
            }
        }
    }

    @Test
    void serverThatIsKilledEndsTheRunWithASentenceAndKeepsTheChart() throws Exception {
        try (var model = model()) {
            model.start();
            ui.until("it measures", () -> model.stateProperty().get() instanceof LatencyState.Measuring);
            var _ = pollUntil(model, s -> s.seconds() > 0);
            ProcessHandle.current()
                    .descendants()
                    .filter(p -> p.info().command().orElse("").contains("redis"))
                    .forEach(ProcessHandle::destroyForcibly);
            while (!(model.stateProperty().get() instanceof LatencyState.Failed)) {
                model.poll();
                Thread.sleep(5);
            }
            assertThat(((LatencyState.Failed) model.stateProperty().get()).sentence())
                    .contains("native", "connection");
            assertThat(model.shown().snapshotProperty().get()).isPresent();
            ui.until("servers are gone", () -> background.tasks().isEmpty());
        }
    }

    @Test
    void commandOfLanesThatAreNoRectangleNamesEachLane() throws Exception {
        try (var model = model()) {
            model.plan()
                    .lanesProperty()
                    .set(new LaneChoice(List.of(new Lane("native", "shm"), new Lane("echo", "tcp"))));
            assertThat(model.plan().commandLine())
                    .startsWith("wasmscope latency --lanes native:shm,echo:tcp --command");
            model.plan().lanesProperty().set(FOUR);
            assertThat(model.plan().commandLine())
                    .startsWith("wasmscope latency --target native,echo --transport tcp,unix --command");
        }
    }

    @Test
    void exportBeforeAnythingWasMeasuredIsRefused() throws Exception {
        try (var model = model()) {
            var view = new ChartView(ChartKind.BARS, new TimeSpan(0, 1, false), Scale.LOG, Statistic.P50);
            assertThatThrownBy(
                            () -> model.shown().export(directory.resolve("a.png"), view, ChartStyle.onDark(), _ -> {}))
                    .hasMessage("Nothing was measured yet");
        }
    }

    private static Snapshot pollUntil(LatencyViewModel model, Predicate<Snapshot> condition)
            throws InterruptedException {
        for (int i = 0; i < 12_000; i++) {
            model.poll();
            var snapshot = model.shown().snapshotProperty().get();
            if (snapshot.isPresent() && condition.test(snapshot.get())) {
                return snapshot.get();
            }
            assertThat(model.stateProperty().get()).isInstanceOf(LatencyState.Measuring.class);
            Thread.sleep(5);
        }
        throw new AssertionError("In vain: " + model.shown().snapshotProperty().get());
    }

    private LatencyViewModel model() {
        return new LatencyViewModel(
                background,
                new Directories(
                        directory.resolve("config"),
                        directory.resolve("state"),
                        directory.resolve("cache"),
                        directory.resolve("run")));
    }
}
