package dev.wasmscope.views.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.Workspace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class LessonWindowTest extends FxTest {
    private final Sessions sessions = new Sessions();
    private final Workspace workspace =
            new Workspace(background, new EngineServices(sessions, SampleCatalogue.load()), _ -> {}, _ -> {});
    private final TestWorkbench workbench = TestWorkbench.of(workspace, background);
    private final LessonsTool tool = new LessonsTool(workspace, workbench);

    @Override
    protected Parent content() {
        return (Parent) tool.node();
    }

    @Override
    protected double width() {
        return 290;
    }

    @AfterEach
    void closeSessions() {
        sessions.close();
    }

    @Test
    void startAndOneKeyAStep() {
        robot.clickOn("#lesson-start");
        until("Step 1 of 8");
        assertThat(workbench.shown).containsExactly("memory");
        assertThat(workspace.modules()).hasSize(1);
        robot.type(KeyCode.SPACE);
        until("Step 2 of 8");
        robot.type(KeyCode.SPACE);
        until("upper(0x20, 6) returned.");
        robot.type(KeyCode.BACK_SPACE);
        until("Step 2 of 8");
        robot.clickOn("#lesson-leave");
        until("Start");
    }

    @Test
    void commandsWorkFromEverywhereInTheWindow() {
        assertThat(command("lesson.next").enabled().get()).isFalse();
        robot.clickOn("#lesson-start");
        until("Step 1 of 8");
        assertThat(command("lesson.next").key()).contains("F8");
        onUi(command("lesson.next").action());
        until("Step 2 of 8");
        onUi(command("lesson.previous").action());
        until("Step 1 of 8");
    }

    private Command command(String id) {
        return workbench.commands.stream()
                .filter(command -> command.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void until(String text) {
        try {
            WaitForAsyncUtils.waitFor(
                    20,
                    TimeUnit.SECONDS,
                    () -> robot.lookup(text).tryQuery().isPresent()
                            && robot.lookup("Working…").tryQuery().isEmpty());
        } catch (TimeoutException e) {
            throw new AssertionError("The lesson never showed: " + text, e);
        }
        settle();
    }
}
