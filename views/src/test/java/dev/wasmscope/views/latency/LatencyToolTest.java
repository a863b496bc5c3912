package dev.wasmscope.views.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.control.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
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
        robot.clickOn("#latency-measure");
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 4);
        assertThat(robot.lookup("#latency-start").queryAs(Button.class).getText())
                .isEqualTo("Stop");
        assertThat(coloursOfChart()).describedAs("something is drawn").isGreaterThan(5);
        assertThat(workbench.statusItems.getFirst().text().getValue())
                .containsPattern("native tcp [\\d.,]+ [µm]?s · unix [\\d.,]+ [µm]?s");
        shot("latency-dark");

        robot.clickOn("#latency-rate").type(KeyCode.UP, KeyCode.UP, KeyCode.ENTER);
        robot.clickOn("#latency-busy");
        var view = (LatencyView) robot.lookup(".latency").query();
        await(() -> view.heading().contains("closed loop") && view.heading().contains("busy machine"));

        onUi(() -> {
            Theme.LIGHT.install();
            Theme.LIGHT.applyTo(stage().getScene());
        });
        await(() -> background().equals(Color.WHITE));
        shot("latency-light");

        var file = directory.resolve("chart.svg");
        onUi(() -> view.exportTo(file));
        await(() -> !workbench.notices.isEmpty());
        assertThat(workbench.notices.getFirst().text()).isEqualTo("Saved the chart as " + file + ".");
        assertThat(Files.readString(file)).contains("closed loop", "echo · unix", "Inter");

        robot.clickOn("#latency-start");
        assertThat(robot.lookup("#latency-start").queryAs(Button.class).getText())
                .isEqualTo("Measure");
        assertThat(table.getItems()).hasSize(4);
        assertThat(workbench.statusItems.getFirst().text().getValue()).isEmpty();
    }

    @Test
    void lanesAreTickedInAMenuThatStaysOpenAndTheLastOfAKindStays() throws Exception {
        assumeTrue(RedisModule.present(), "a build with redis.wasm");
        var lanes = robot.lookup("#latency-lanes").queryAs(MenuButton.class);
        assertThat(lanes.getText()).isEqualTo("4 lanes");
        robot.clickOn("#latency-lanes").clickOn("Redis in Wasm");
        assertThat(lanes.getText()).isEqualTo("6 lanes");
        robot.clickOn("Native Redis").clickOn("Echo server").clickOn("TCP");
        robot.clickOn("Redis in Wasm").clickOn("Unix socket").type(KeyCode.ESCAPE);
        assertThat(lanes.getText()).isEqualTo("1 lane");
        assertThat(lanes.getTooltip().getText()).isEqualTo("Measured: Redis in Wasm, over Unix sockets");

        robot.clickOn("#latency-measure");
        assertThat(lanes.isDisabled()).isTrue();
        var table = robot.lookup("#latency-table").queryTableView();
        await(() -> table.getItems().size() == 1);
        assertThat(((PercentileTable.Row) table.getItems().getFirst()).name()).isEqualTo("wasm · unix");
        robot.clickOn("#latency-start");
        await(() -> !lanes.isDisabled());
    }

    @Test
    void nothingIsClippedInASmallWindow() {
        onUi(() -> {
            stage().setWidth(620);
            stage().setHeight(260);
        });
        for (var id :
                List.of("#latency-start", "#latency-lanes", "#latency-rate", "#latency-payload", "#latency-export")) {
            var node = (Region) robot.lookup(id).query();
            assertThat(node.getWidth()).describedAs(id).isGreaterThanOrEqualTo(node.prefWidth(-1) - 0.5);
            assertThat(node.localToScene(node.getBoundsInLocal()).getMaxX())
                    .describedAs(id)
                    .isLessThanOrEqualTo(stage().getScene().getWidth());
        }
        shot("latency-small");
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
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, condition);
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
