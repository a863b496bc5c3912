package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.statistics.Intervals;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.ChartView;
import dev.wasmscope.engine.report.LatencyReport;
import dev.wasmscope.engine.report.LatencyText;
import dev.wasmscope.engine.report.ReportFiles;
import dev.wasmscope.engine.report.Sweeping;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// What is shown: a run of this window with the points of its sweep, or a bundle, and what was laid over it. UI thread
/// only.
final class ShownRun {
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Snapshot>> snapshot = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<ImportedSeries>> overlays = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Judged> judged = new ReadOnlyObjectWrapper<>(Judged.NOTHING);
    /// The processes of the run, or those it had; null for a bundle.
    private @Nullable Lanes lanes;
    private @Nullable Measurement bundle;
    private @Nullable Sweep sweep;
    private final List<Recording> runs = new ArrayList<>();
    private final List<Sweeping.Point> points = new ArrayList<>();
    /// Whether the snapshot is the one that the measurement's files show.
    private boolean settled;
    /// Counts what was shown, so that a comparison of an earlier run is not taken for one of this.
    private int generation;

    /// What takes a while to be worked out.
    record Judged(Intervals intervals, Optional<Sweeping> sweeping) {
        static final Judged NOTHING = new Judged(Intervals.UNKNOWN, Optional.empty());
    }

    ShownRun(Background background) {
        this.background = background;
    }

    /// What is drawn; empty until the first measurement is ready.
    ReadOnlyObjectProperty<Optional<Snapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    /// From other tools, drawn beside our own.
    ReadOnlyObjectProperty<List<ImportedSeries>> overlaysProperty() {
        return overlays.getReadOnlyProperty();
    }

    /// Intervals and the curves of a sweep.
    ReadOnlyObjectProperty<Judged> judgedProperty() {
        return judged.getReadOnlyProperty();
    }

    void removeOverlays() {
        overlays.set(List.of());
    }

    void layOver(List<ImportedSeries> more) {
        var all = new ArrayList<>(overlays.get());
        all.addAll(more);
        overlays.set(List.copyOf(all));
    }

    /// Nothing, until [#begun].
    void clear() {
        generation++;
        lanes = null;
        bundle = null;
        sweep = null;
        settled = false;
        runs.clear();
        points.clear();
        judged.set(Judged.NOTHING);
        snapshot.set(Optional.empty());
    }

    void begun(Lanes started) {
        lanes = started;
    }

    void open(Measurement measurement, Snapshot first) {
        clear();
        bundle = measurement;
        overlays.set(measurement.overlays());
        snapshot.set(Optional.of(first));
        settled = true;
        judge(() -> {
            var report = LatencyReport.of(measurement);
            return new Judged(report.intervals(), report.sweeping());
        });
    }

    /// The run is over; of a sweep, its first run is shown as its files show it.
    void settle() {
        settled = true;
        if (points.isEmpty()) {
            var run = Objects.requireNonNull(lanes, "a run of this window");
            judge(() -> new Judged(Intervals.of(run.recording()), Optional.empty()));
        } else {
            snapshot.set(Optional.of(points.getFirst().snapshot()));
        }
    }

    void show(Snapshot current) {
        snapshot.set(Optional.of(current));
    }

    /// A value of a sweep was measured.
    ///
    /// @param point worked out of the run
    void add(Sweep of, Recording run, Sweeping.Point point) {
        sweep = of;
        runs.add(run);
        points.add(point);
        judged.set(new Judged(points.getFirst().intervals(), Optional.of(new Sweeping(of.of(), points))));
    }

    /// Whether this run is shown, and no other and no bundle.
    boolean isOf(Lanes run) {
        return run.equals(lanes);
    }

    private void judge(Callable<Judged> work) {
        int of = ++generation;
        var _ = background.start("Comparing the lanes", _ -> work.call(), result -> {
            if (of == generation && result instanceof Result.Ok(var found)) {
                judged.set(found);
            }
        });
    }

    /// What was found so far; empty until the first measurement is ready or a bundle is open.
    Optional<LatencyReport> report() {
        return snapshot.get()
                .flatMap(this::plain)
                .map(r -> r.with(
                        settled ? judged.get().intervals() : Intervals.UNKNOWN,
                        judged.get().sweeping()));
    }

    private Optional<LatencyReport> plain(Snapshot of) {
        if (bundle != null) {
            var first = bundle.first();
            return Optional.of(new LatencyReport(first.plan(), of, first.environment(), overlays.get()));
        }
        return Optional.ofNullable(lanes)
                .map(run -> new LatencyReport(run.run().plan(), of, run.environment(), overlays.get()));
    }

    /// Everything that was measured, with every block; gathers it, so not on the UI thread.
    Supplier<Measurement> measurement() {
        var run = lanes;
        var opened = bundle;
        var laidOver = overlays.get();
        if (opened == null && run == null) {
            throw new IllegalStateException("Nothing was measured yet");
        }
        var of = sweep;
        var measured = List.copyOf(runs);
        return () -> {
            if (opened != null) {
                return opened.with(laidOver);
            }
            if (of != null) {
                return new Measurement(of, measured, laidOver);
            }
            return Measurement.of(Objects.requireNonNull(run).recording()).with(laidOver);
        };
    }

    /// Writes what is shown; the ending decides the format.
    ///
    /// @param done gets a sentence that names the file, or the reason why there is none
    void export(Path file, ChartView view, ChartStyle style, Consumer<Result<String>> done) {
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
    void picture(ChartView view, ChartStyle style, Consumer<Result<byte[]>> done) {
        var shown = report().orElseThrow(() -> new IllegalStateException("Nothing was measured yet"));
        var _ = background.start(
                "Drawing the chart", _ -> ReportFiles.image(shown, view, style).png(2), done);
    }

    private static String saved(List<Path> files) {
        return files.size() == 1
                ? "Saved " + files.getFirst() + "."
                : "Saved %d files: %s and so on.".formatted(files.size(), files.getFirst());
    }
}
