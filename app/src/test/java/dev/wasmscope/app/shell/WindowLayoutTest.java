package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class WindowLayoutTest extends ShellTest {
    @Test
    void toolDraggedIntoASplitStaysThereAfterARestart() throws TimeoutException {
        var window = start(PlainTool.set());
        var before = window.docking().layout().orElseThrow();
        drag(header("Output"), lowerHalf(tool("Memory")));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !layout().equals(before));
        var moved = layout();
        assertThat(window.docking().stackOf("output")).containsExactly("output");
        assertThat(moved.allTools()).containsSubsequence("memory", "output", "invoke");
        onUi(() -> window.docking().close("latency"));

        start(PlainTool.set());
        assertThat(layout().allTools().toList())
                .isEqualTo(moved.allTools().filter(id -> !id.equals("latency")).toList());
        assertThat(window().docking().closed()).containsExactly("latency");

        onUi(() -> window().workbench().commands().find("layout.reset").ifPresent(Commands::run));
        assertThat(layout().allTools())
                .containsExactlyElementsOf(before.allTools().toList());
    }

    @Test
    void unreadableLayoutIsSetAsideAndReported() throws IOException {
        var file = directories().state().resolve("layouts/window.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"version\":1,\"layout\":{\"split\":\"sideways\",\"parts\":[]}}");
        var window = start(PlainTool.set());
        assertThat(window.docking().layout().orElseThrow().allTools()).hasSize(8);
        assertThat(window.notifications().list())
                .anyMatch(noted -> noted.notice().text().contains("sideways"));
        assertThat(file.resolveSibling("window.json.unreadable")).exists();
    }

    private Layout layout() {
        return window().docking().layout().orElseThrow();
    }

    private Node header(String title) {
        return robot.lookup(".header")
                .match(header -> !robot.from(header).lookup(title).queryAll().isEmpty())
                .query();
    }

    private Node tool(String title) {
        return window().docking().tools().stream()
                .filter(tool -> tool.title().equals(title))
                .findFirst()
                .orElseThrow()
                .node();
    }

    private Point2D lowerHalf(Node node) {
        var leaf = node;
        while (!leaf.getStyleClass().contains("container-leaf")) {
            leaf = leaf.getParent();
        }
        var bounds = leaf.localToScreen(leaf.getBoundsInLocal());
        return new Point2D(bounds.getCenterX(), bounds.getMaxY() - 30);
    }

    private void drag(Node from, Point2D to) {
        robot.moveTo(from).press(MouseButton.PRIMARY).moveBy(12, 4).moveBy(20, 10);
        robot.moveTo(to).moveBy(3, 3).moveBy(-2, 2);
        robot.release(MouseButton.PRIMARY);
    }
}
