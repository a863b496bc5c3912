package dev.wasmscope.views.control;

import dev.wasmscope.views.background.Background;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The base of tests that need a window: shows [#content()] with theme, fonts and stylesheet before each test.
///
/// Other modules use it through views' test jar. Needs a display; `./test` starts Xvfb.
@ExtendWith(ApplicationExtension.class)
public abstract class FxTest {
    protected final FxRobot robot = new FxRobot();
    protected final Background background = new Background(Platform::runLater);

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

    @Start
    public void start(Stage stage) {
        Fonts.registerWithJavaFx();
        theme().install();
        var scene = new Scene(content(), width(), height());
        theme().applyTo(scene);
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.toFront();
        stage.requestFocus();
    }

    @AfterEach
    void closeBackground() {
        background.close();
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
