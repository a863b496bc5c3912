package dev.wasmscope.views.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.control.Theme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;

/// A few seconds of measuring by robot.
class LatencyToolTest extends FxTest {
    @TempDir
    Path directory;

    private final PaletteProbe probe = new PaletteProbe();
    private final TestWorkbench workbench = new TestWorkbench(background, probe);
    private @Nullable LatencyTool tool;

    @AfterEach
    void close() {
        var made = tool;
        if (made != null) {
            onUi(() -> close(made));
        }
    }

    private static void close(LatencyTool made) {
        try {
            made.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    protected Parent content() {
        var made = new LatencyTool(
                workbench,
                new Directories(
                        directory.resolve("config"),
                        directory.resolve("state"),
                        directory.resolve("cache"),
                        directory.resolve("run")));
        tool = made;
        var pane = new BorderPane(made.node());
        pane.getChildren().add(probe);
        return pane;
    }

    @Override
    protected double width() {
        return 820;
    }

    @Override
    protected double height() {
        return 400;
    }

    @Test
    void oneClickMeasuresFourLanesAndAnotherStopsThem() throws Exception {
        onlySockets();
        shot("latency-setup-dark");
        robot.clickOn("#latency-measure");
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 4);
        var row = (PercentileTable.Row) table.getItems().getFirst();
        var figures = row.figures().get();
        await(() -> !row.figures().get().equals(figures));
        assertThat(table.getItems().getFirst())
                .describedAs("figures change, rows stay")
                .isSameAs(row);
        assertThat(coloursOfChart()).describedAs("something is drawn").isGreaterThan(5);
        assertThat(robot.lookup("#latency-start").queryAs(Button.class).getText())
                .isEqualTo("Stop");
        assertThat(workbench.statusItems.getFirst().text().getValue())
                .containsPattern("native tcp [\\d.,]+ [µm]?s · unix [\\d.,]+ [µm]?s");
        shot("latency-dark");

        robot.clickOn("#latency-rate").type(KeyCode.UP, KeyCode.UP, KeyCode.ENTER);
        robot.clickOn("#latency-busy");
        var view = (LatencyView) robot.lookup(".latency").query();
        await(() -> view.model()
                .shown()
                .report()
                .orElseThrow()
                .mode()
                .contains("closed loop · payload 16 B · busy machine"));

        light();
        shot("latency-light");
        var file = directory.resolve("chart.svg");
        onUi(() -> view.exports().to(file));
        assertThat(notice()).isEqualTo("Saved " + file + ".");
        assertThat(Files.readString(file)).contains("closed loop", "echo · unix", "Inter");

        robot.clickOn("#latency-start");
        assertThat(robot.lookup("#latency-start").queryAs(Button.class).getText())
                .isEqualTo("Measure");
        assertThat(table.getItems()).hasSize(4);
        assertThat(workbench.statusItems.getFirst().text().getValue()).isEmpty();
    }

    @Test
    void everyDrawingIsAClickAwayAndPercentilesAreReadOffByMouseAndKeys() throws Exception {
        onlySockets();
        robot.clickOn("#latency-measure");
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 4);
        var view = (LatencyView) robot.lookup(".latency").query();
        await(() -> view.model().shown().report().orElseThrow().snapshot().series().stream()
                .allMatch(s -> s.latency().samples() > 100));
        var chart = (ChartPane) robot.lookup("#latency-chart").query();
        for (var kind : ChartKind.values()) {
            robot.clickOn("#segment-" + kind.title());
            settle();
            assertThat(coloursOfChart()).describedAs(kind.title()).isGreaterThan(5);
            shot("latency-" + kind.file());
        }
        robot.clickOn("#segment-Percentiles").moveTo(chart);
        await(() -> chart.readingsText().lines().count() == 5);
        assertThat(chart.readingsText()).contains(" %\nnative · tcp ", "echo · unix");
        shot("latency-hover");
        robot.clickOn("#segment-Linear").clickOn("#segment-Time").moveTo(chart);
        assertThat(chart.readingsText()).isEmpty();
        robot.clickOn("#segment-Sends").clickOn(chart);
        var before = chart.readingsText();
        robot.type(KeyCode.LEFT, KeyCode.LEFT);
        assertThat(chart.readingsText()).contains("native · tcp, actual send").isNotEqualTo(before);
        robot.type(KeyCode.ESCAPE);
        assertThat(chart.readingsText()).isEmpty();
    }

    @Test
    void filesPicturesAndTheCommandLeaveByAMenu() throws Exception {
        onlySockets();
        robot.clickOn("#latency-export").clickOn("Copy command");
        assertThat(notice())
                .startsWith("Copied: wasmscope latency --target native,echo --transport tcp,unix --command PING"
                        + " --payload 16 --pipeline 1 --clients 1 --rate 1000 --warmup 1000ms");
        robot.clickOn("#latency-measure");
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 4);
        robot.clickOn("#latency-export");
        shot("latency-export");
        robot.clickOn("Large type, for slides").clickOn("#latency-export").clickOn("PDF…");
        var path = directory.resolve("slide.pdf");
        robot.lookup("#save-path").queryTextInputControl().setText(path.toString());
        robot.clickOn("#save-confirm");
        assertThat(notice()).isEqualTo("Saved " + path + ".");
        assertThat(Files.readString(path, StandardCharsets.ISO_8859_1)).startsWith("%PDF");
        robot.clickOn("#latency-export").clickOn("Copy picture");
        assertThat(notice()).isEqualTo("Copied the chart as a picture.");
        var exports = ((LatencyView) robot.lookup(".latency").query()).exports();
        onUi(() -> exports.to(directory.resolve("all.hgrm")));
        assertThat(notice()).isEqualTo("Saved 4 files: " + directory.resolve("all-native-tcp.hgrm") + " and so on.");
        onUi(() -> exports.to(directory.resolve("chart.gif")));
        assertThat(notice())
                .endsWith(
                        "There is no format for chart.gif: a name ends with .svg, .png, .pdf, .json, .csv, .hgrm or .zip."
                                + " Choose another place.");
    }

    @Test
    void bundleIsSavedAndOpenedAgainWithOtherToolsFiguresOverIt() throws Exception {
        onlySockets();
        var view = (LatencyView) robot.lookup(".latency").query();
        onUi(() -> view.exports().open(List.of(directory.resolve("none.zip"))));
        assertThat(notice()).startsWith("Could not open none.zip: there is no file ");
        var cli = Files.writeString(directory.resolve("cli.txt"), "min: 0, max: 4, avg: 0.19 (8000 samples)\n");
        onUi(() -> view.exports().open(List.of(cli)));
        assertThat(notice())
                .isEqualTo("Could not open cli.txt: there is nothing to lay it over. Measure first, or open a bundle.");

        robot.clickOn("#latency-measure");
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 4);
        var bundle = directory.resolve("run.zip");
        onUi(() -> view.exports().to(bundle));
        assertThat(notice()).isEqualTo("Saved " + bundle + ".");
        onUi(() -> view.exports().open(List.of(bundle)));
        assertThat(notice()).isEqualTo("Could not open run.zip: a run is under way. Stop it first.");
        robot.clickOn("#latency-start");

        onUi(() -> view.exports().open(List.of(bundle, cli)));
        assertThat(notice()).isEqualTo("Opened " + bundle + " with 1 series of other tools.");
        await(() -> table.getItems().size() == 5);
        robot.clickOn("#segment-Percentiles");
        shot("latency-opened");
        var before = view.model().shown().report().orElseThrow();
        assertThat(before.overlays()).hasSize(1);
        robot.clickOn("#latency-findings");
        var text = robot.lookup("#latency-findings-text").queryTextInputControl();
        await(() -> text.getText().contains("native · tcp"));
        assertThat(text.getText()).contains("noise of the machine", "CPU ms per 1,000 operations", "cli.txt");
        shot("latency-findings");
        robot.clickOn("#latency-findings");

        Files.write(directory.resolve("broken.zip"), new byte[] {'P', 'K', 1, 2, 3});
        onUi(() -> view.exports().open(List.of(directory.resolve("broken.zip"))));
        assertThat(notice()).startsWith("Could not open broken.zip: ");
        assertThat(view.model().shown().report().orElseThrow()).isEqualTo(before);
    }

    @Test
    void lanesAreTickedInAMatrixByMouseAndKeysAndTheLastOneStays() throws Exception {
        onlySockets();
        var lanes = robot.lookup("#latency-lanes").queryAs(ToggleButton.class);
        assertThat(lanes.getText()).isEqualTo("4 lanes");
        robot.clickOn("Native Redis");
        assertThat(lanes.getText()).isEqualTo("2 lanes");
        robot.clickOn("#latency-lane-echo-tcp");
        robot.clickOn("#latency-lane-echo-unix");
        assertThat(lanes.getText()).isEqualTo("1 lane");
        assertThat(robot.lookup("#latency-lane-echo-unix")
                        .queryAs(CheckBox.class)
                        .isSelected())
                .isTrue();
        robot.type(KeyCode.LEFT, KeyCode.SPACE).type(KeyCode.UP, KeyCode.UP, KeyCode.SPACE);
        robot.clickOn("#latency-lane-echo-tcp").clickOn("#latency-lane-echo-unix");
        assertThat(lanes.getText()).isEqualTo("1 lane");
        robot.doubleClickOn("#latency-command .text-field").write("GET");
        robot.clickOn("#latency-start");
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 1);
        assertThat(((PercentileTable.Row) table.getItems().getFirst()).name()).isEqualTo("native · tcp");
        robot.clickOn("#latency-lanes");
        assertThat(robot.lookup("#latency-command").query().isDisabled()).isTrue();
        robot.clickOn("#latency-start").clickOn("#latency-lanes");
    }

    @Test
    void planThatCannotBeIsExplainedWhereItIsTyped() {
        onlySockets();
        var command = (ComboBox<?>) robot.lookup("#latency-command").query();
        onUi(() -> command.getEditor().setText(" "));
        assertThat(robot.lookup("#latency-sentence").queryAs(Label.class).getText())
                .isEqualTo("A plan needs a command, such as PING.");
        robot.clickOn("#latency-measure");
        assertThat(robot.lookup("#latency-message").queryAs(Label.class).getText())
                .isEqualTo("A plan needs a command, such as PING.");
        var pipeline = (Spinner<?>) robot.lookup("#latency-pipeline").query();
        robot.doubleClickOn(pipeline.getEditor()).write("many").type(KeyCode.ENTER);
        assertThat(pipeline.getEditor().getText()).isEqualTo("1");
        robot.doubleClickOn(pipeline.getEditor()).write("5000").type(KeyCode.ENTER);
        assertThat(pipeline.getValue()).isEqualTo(1000);
        shot("latency-setup-wrong");
    }

    @Test
    void laneThatCannotBeHadIsGreyWithItsReason() {
        var view = (LatencyView) robot.lookup(".latency").query();
        onUi(() -> view.model()
                .obstacles(new LaneObstacles(Map.of(new Lane("wasm", "shm"), "This build has none of it."))));
        assertThat(robot.lookup("#latency-lane-wasm-shm").query().isDisabled()).isTrue();
        assertThat(robot.lookup("#latency-reasons").queryAs(Label.class).getText())
                .isEqualTo("This build has none of it.");
        shot("latency-setup-obstacle");
    }

    @Test
    void nothingIsClippedInASmallWindow() {
        onUi(() -> {
            stage().setWidth(640);
            stage().setHeight(300);
        });
        for (var id : List.of(
                "#latency-start",
                "#latency-lanes",
                "#latency-rate",
                "#latency-payload",
                "#latency-strategy",
                "#latency-numbers",
                "#latency-export",
                "#latency-measure")) {
            var node = (Region) robot.lookup(id).query();
            assertThat(node.getWidth()).describedAs(id).isGreaterThanOrEqualTo(node.prefWidth(-1) - 0.5);
            assertThat(node.localToScene(node.getBoundsInLocal()).getMaxX())
                    .describedAs(id)
                    .isLessThanOrEqualTo(stage().getScene().getWidth());
        }
        shot("latency-small");
    }

    /// What every machine has.
    private void onlySockets() {
        var view = (LatencyView) robot.lookup(".latency").query();
        onUi(() -> view.model()
                .plan()
                .lanesProperty()
                .set(LaneChoice.of(List.of("native", "echo"), List.of("tcp", "unix"))));
    }

    private String notice() throws Exception {
        await(() -> !workbench.notices.isEmpty());
        return workbench.notices.removeFirst().text();
    }

    private void light() throws Exception {
        onUi(() -> {
            Theme.LIGHT.install();
            Theme.LIGHT.applyTo(stage().getScene());
        });
        await(() -> background().equals(Color.WHITE));
    }

    private Color background() {
        var image = robot.capture(robot.lookup("#latency-chart").<javafx.scene.Node>query())
                .getImage();
        return image.getPixelReader().getColor(2, 2);
    }

    private long coloursOfChart() {
        var image = robot.capture(robot.lookup("#latency-chart").<javafx.scene.Node>query())
                .getImage();
        return java.util.stream.IntStream.range(0, (int) (image.getWidth() * image.getHeight()))
                .map(i -> image.getPixelReader().getArgb(i % (int) image.getWidth(), i / (int) image.getWidth()))
                .distinct()
                .count();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, condition);
    }

    /// Pictures to be looked at, when `wasmscope.shots` names a directory.
    private void shot(String name) {
        var folder = System.getProperty("wasmscope.shots");
        if (folder != null) {
            settle();
            try {
                var image = robot.capture((javafx.scene.Node) stage().getScene().getRoot())
                        .getImage();
                javax.imageio.ImageIO.write(
                        javafx.embed.swing.SwingFXUtils.fromFXImage(image, null),
                        "png",
                        Path.of(folder, name + ".png").toFile());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
