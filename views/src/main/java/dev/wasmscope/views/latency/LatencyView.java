package dev.wasmscope.views.latency;

import com.sun.management.OperatingSystemMXBean;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.views.background.Pulse;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Palette;
import dev.wasmscope.views.spi.Workbench;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The latency tool's contents.
final class LatencyView extends BorderPane {
    /// As often as a curve gets a point; [Pace] leaves some of these beats out.
    private static final Duration PULSE = Duration.ofMillis(500);

    private final LatencyViewModel model;
    private final ReadOnlyObjectProperty<Palette> palette;
    private final Exports exports;
    private final ChartPane chart = new ChartPane();
    private final PercentileTable table = new PercentileTable();
    private final LatencyBody body = new LatencyBody(chart, table);
    private final FindingsPage findings;
    private final LatencySetup setup;
    private final BooleanProperty setupWanted = new SimpleBooleanProperty(true);
    private final VBox chartRow;
    private final VBox waiting;
    private final Label message = new Label();
    private final Pulse pulse;
    private final Pace pace = new Pace();

    LatencyView(LatencyViewModel model, Workbench workbench) {
        this.model = model;
        this.palette = workbench.paletteProperty();
        this.exports = new Exports(model, workbench);
        this.pulse = new Pulse(workbench.background(), PULSE, this::pulse);
        this.setup = new LatencySetup(model);
        this.waiting = waiting();
        this.findings = new FindingsPage(model);
        this.chartRow = new VBox(ChartRow.of(
                model.chart(),
                LatencyToolRow.toggle(
                        "latency-findings",
                        Icons.output(),
                        "Conditions, noise, intervals and verdicts in words",
                        findings.wantedProperty())));
        getStyleClass().add("latency");
        getStylesheets()
                .add(Objects.requireNonNull(LatencyView.class.getResource("latency.css"), "latency.css")
                        .toExternalForm());
        message.setId("latency-message");
        message.getStyleClass().add("latency-message");
        message.setMaxWidth(Double.MAX_VALUE);
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        message.visibleProperty().bind(message.managedProperty());
        chartRow.managedProperty().bind(chartRow.visibleProperty());
        var numbers = LatencyToolRow.toggle(
                "latency-numbers", Icons.table(), "Numbers beside the chart", body.numbersProperty());
        setTop(new VBox(new LatencyToolRow(model, setupWanted).node(numbers, exportMenu()), message, chartRow));
        setCenter(new StackPane(body, findings, setup, waiting));
        setupWanted.subscribe(() -> show(model.stateProperty().get()));
        model.stateProperty().subscribe(this::turned);
        model.shown().snapshotProperty().subscribe(s -> s.ifPresent(this::draw));
        palette.subscribe(this::redraw);
        body.numbersProperty().subscribe(this::redraw);
        sceneProperty().subscribe(this::redraw);
        model.chart().onChange(this::redraw);
        model.shown().overlaysProperty().subscribe(this::redraw);
        model.shown().judgedProperty().subscribe(this::redraw);
        setOnDragOver(this::dragged);
        setOnDragDropped(this::dropped);
    }

    LatencyViewModel model() {
        return model;
    }

    Exports exports() {
        return exports;
    }

    /// Everything but modules, which the window takes.
    private void dragged(DragEvent event) {
        if (!files(event).isEmpty()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        var files = files(event);
        if (!files.isEmpty()) {
            exports.open(files);
            event.setDropCompleted(true);
            event.consume();
        }
    }

    private static List<Path> files(DragEvent event) {
        return event.getDragboard().getFiles().stream()
                .map(File::toPath)
                .filter(path -> !path.toString().endsWith(".wasm"))
                .toList();
    }

    private ExportMenu exportMenu() {
        var something = Bindings.createBooleanBinding(
                () -> model.shown().snapshotProperty().get().isPresent(),
                model.shown().snapshotProperty());
        return new ExportMenu(
                something,
                exports.slideProperty(),
                format -> exports.ask(getScene().getWindow(), format),
                exports::copyPicture,
                exports::copyCommand,
                () -> exports.askToOpen(getScene().getWindow()));
    }

    private void turned(LatencyState state) {
        if (state.active()) {
            setupWanted.set(false);
            pace.begin(System.nanoTime(), processorTime());
            pulse.play();
        } else {
            pulse.stop();
        }
        if (state instanceof LatencyState.Failed(var sentence)) {
            say(sentence, "error-text");
        } else {
            say(model.warning(), "warn-text");
        }
        if (state instanceof LatencyState.Stopped) {
            setupWanted.set(false);
        }
        show(state);
    }

    /// One of three: the plan, the wait for the first numbers, the chart.
    private void show(LatencyState state) {
        boolean something = model.shown()
                .snapshotProperty()
                .get()
                .filter(s -> s.seconds() > 0)
                .isPresent();
        boolean planned = setupWanted.get() || (!state.active() && !something);
        waiting.setVisible(state.active() && !something && !setupWanted.get());
        setup.setVisible(planned);
        body.setVisible(!planned && !waiting.isVisible());
        chartRow.setVisible(body.isVisible());
        if (planned && !something) {
            setupWanted.set(true);
        }
        model.shown().snapshotProperty().get().ifPresent(this::tabulate);
    }

    private void pulse() {
        if (!pace.due(System.nanoTime(), processorTime()) && !waiting.isVisible()) {
            return;
        }
        model.poll();
        if (model.stateProperty().get() instanceof LatencyState.Measuring) {
            var warning = model.warning();
            say(warning.isEmpty() ? model.progress() : warning, warning.isEmpty() ? "" : "warn-text");
        }
    }

    /// Of this process on all processors, nanoseconds.
    private static long processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private void redraw() {
        model.shown().snapshotProperty().get().ifPresent(this::draw);
    }

    private void tabulate(Snapshot snapshot) {
        table.show(snapshot, model.shown().overlaysProperty().get(), style());
    }

    /// Beside the numbers a low chart need not name its lanes.
    private ChartStyle style() {
        return ChartColors.of(palette.get()).withSparse(body.numbersProperty().get());
    }

    private void draw(Snapshot snapshot) {
        if (snapshot.seconds() > 0 && waiting.isVisible()) {
            show(model.stateProperty().get());
        }
        // Nobody sees a tool that is behind another.
        if (getScene() == null) {
            return;
        }
        tabulate(snapshot);
        if (body.isVisible()) {
            model.shown()
                    .report()
                    .ifPresent(report -> chart.show(model.chart().view(snapshot).of(report, false, style())));
        }
    }

    /// A style class that is taken away and added again would style the label anew.
    ///
    /// @param style class of the text, or empty for an ordinary one
    private void say(String text, String style) {
        message.setText(text);
        var classes = message.getStyleClass();
        classes.removeIf(each -> each.endsWith("-text") && !each.equals(style));
        if (!style.isEmpty() && !classes.contains(style)) {
            classes.add(style);
        }
    }

    private VBox waiting() {
        var text = new Label();
        text.textProperty()
                .bind(model.plan()
                        .lanesProperty()
                        .map(lanes -> "Starting %s and the probe…".formatted(lanes.servers())));
        text.getStyleClass().add("text");
        var box = new VBox(new ProgressIndicator(), text);
        box.getStyleClass().addAll("empty-state", "waiting");
        return box;
    }
}
