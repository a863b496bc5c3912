package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.Placement;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Where guests run is chosen in the settings, shown in the status bar and kept for the next start.
class GuestPlacementTest extends ShellTest {
    private final Journey journey = new Journey(robot, Path.of("target", "journey"));

    @Test
    void guestsMoveToAChildProcessAndAreCalledThereAlsoAfterARestart() {
        start(BuiltIns.all(), "sample:add");
        journey.of(window());
        journey.until("the module runs in the window", () -> runtime().endsWith("compiler"));
        journey.press(KeyCode.CONTROL, KeyCode.COMMA);
        journey.until("the settings are open", () -> journey.visible("#settings-placement"));
        robot.clickOn(journey.labelled("#settings-placement .toggle-button", "In a child process"));
        journey.press(KeyCode.ESCAPE);
        journey.until("the module runs in the child", () -> runtime().endsWith("child process"));
        callAdd();

        start(BuiltIns.all(), "sample:add");
        journey.of(window());
        assertThat(window().settings().placementProperty().get()).isEqualTo(Placement.CHILD);
        journey.until("it runs in a child again", () -> runtime().endsWith("child process"));
        callAdd();
    }

    private void callAdd() {
        journey.until("it can be called", () -> journey.enabled("#invoke-run"));
        journey.fill("#invoke-arg-0", "40");
        journey.fill("#invoke-arg-1", "2");
        journey.press(KeyCode.ENTER);
        journey.until("the sum is shown", () -> journey.text("#invoke-result").contains("42"));
    }

    private String runtime() {
        return journey.text("#status-runtime");
    }
}
