package dev.wasmscope.views.control;

import dev.wasmscope.views.background.Background;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The base of tests that need a window: shows [#content()] with theme, fonts and stylesheet before each test.
///
/// Other modules use it through views' test jar. Needs a display; `./test` starts Xvfb.
public abstract class FxTest {
    static {
        // Before the test object is made: its fields may be controls.
        try {
            var _ = FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new IllegalStateException("JavaFX did not start; is there a display?", e);
        }
    }

    protected final FxRobot robot = new FxRobot();
    protected final Background background = new Background(Platform::runLater);

    private @Nullable Stage stage;

    /// Makes what is tested, on the UI thread.
    protected abstract Parent content();

    protected Theme theme() {
        return Theme.DARK;
    }

    protected double width() {
        return 900;
    }

    protected double height() {
        return 600;
    }

    @BeforeEach
    void showWindow() {
        onUi(() -> {
            Fonts.registerWithJavaFx();
            theme().install();
            var scene = new Scene(content(), width(), height());
            theme().applyTo(scene);
            var shown = new Stage();
            shown.setScene(scene);
            shown.setX(0);
            shown.setY(0);
            shown.show();
            shown.toFront();
            shown.requestFocus();
            stage = shown;
        });
    }

    @AfterEach
    void closeWindow() {
        robot.release(new KeyCode[0]);
        robot.release(new MouseButton[0]);
        onUi(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        background.close();
    }

    protected Stage stage() {
        return Objects.requireNonNull(stage, "the window is shown before each test");
    }

    /// Runs on the UI thread and waits until it and what it queued are done.
    protected void onUi(Runnable action) {
        robot.interact(action);
        settle();
    }

    /// Waits until the UI thread has nothing queued.
    protected static void settle() {
        WaitForAsyncUtils.waitForFxEvents();
    }
}
