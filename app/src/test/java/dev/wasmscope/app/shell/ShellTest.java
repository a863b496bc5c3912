package dev.wasmscope.app.shell;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.app.shell.BuiltIns.BuiltIn;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.views.control.Fonts;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The base of tests with the real window, with directories of its own.
abstract class ShellTest {
    static {
        try {
            var _ = FxToolkit.registerPrimaryStage();
            Platform.setImplicitExit(false);
            Fonts.registerWithJavaFx();
        } catch (TimeoutException e) {
            throw new IllegalStateException("JavaFX did not start; is there a display?", e);
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    final FxRobot robot = new FxRobot();
    private @Nullable ShellWindow window;

    Directories directories() {
        return new Directories(
                home.resolve("config"), home.resolve("state"), home.resolve("cache"), home.resolve("runtime"));
    }

    /// None, unless a test has some.
    Plugins plugins() {
        return Plugins.none();
    }

    /// Starts the program's window; an earlier one of the test is closed first, as a restart would.
    ShellWindow start(List<BuiltIn> tools, String... files) {
        stop();
        robot.interact(() -> {
            var stage = new Stage();
            var made = new ShellWindow(stage, directories());
            made.addTools(tools, plugins());
            made.show(List.of(files));
            window = made;
        });
        WaitForAsyncUtils.waitForFxEvents();
        return window();
    }

    ShellWindow window() {
        return Objects.requireNonNull(window, "start a window first");
    }

    @AfterEach
    void stop() {
        robot.release(new KeyCode[0]);
        robot.release(new MouseButton[0]);
        var open = window;
        if (open != null) {
            window = null;
            robot.interact(() -> {
                open.close();
                open.stage().hide();
            });
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    void onUi(Runnable action) {
        robot.interact(action);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
