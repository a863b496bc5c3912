package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.engine.report.ChartView;
import dev.wasmscope.engine.report.Scale;
import dev.wasmscope.engine.report.Statistic;
import dev.wasmscope.engine.report.TimeSpan;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// Which drawing is shown, and how.
final class ChartModel {
    /// Longest first.
    private static final double[] GROWING = {300, 120, 60, 30, 15};

    private final ObjectProperty<ChartKind> kind = new SimpleObjectProperty<>(ChartKind.TIME);
    private final ObjectProperty<Integer> minutes = new SimpleObjectProperty<>(1);
    private final ObjectProperty<Scale> scale = new SimpleObjectProperty<>(Scale.LOG);
    private final ObjectProperty<Statistic> statistic = new SimpleObjectProperty<>(Statistic.P50);

    ObjectProperty<ChartKind> kindProperty() {
        return kind;
    }

    /// How far back the chart over time goes.
    ObjectProperty<Integer> minutesProperty() {
        return minutes;
    }

    ObjectProperty<Scale> scaleProperty() {
        return scale;
    }

    ObjectProperty<Statistic> statisticProperty() {
        return statistic;
    }

    double seconds() {
        return minutes.get() * 60.0;
    }

    ChartView view(Snapshot of) {
        return new ChartView(kind.get(), span(of), scale.get(), statistic.get());
    }

    /// The chosen window, or less at first, so that the beginning fills the chart too.
    TimeSpan span(Snapshot of) {
        double shown = seconds();
        for (double step : GROWING) {
            if (of.seconds() <= step && step < shown) {
                shown = step;
            }
        }
        return TimeSpan.last(shown, of);
    }

    void onChange(Runnable action) {
        List.of(kind, minutes, scale, statistic).forEach(each -> each.subscribe(action));
    }
}
