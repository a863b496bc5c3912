package dev.wasmscope.app.shell;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.views.control.Fonts;
import java.util.List;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window as a program: `wasmscope [FILE...]`.
public final class WindowApp extends Application {
    private @Nullable ShellWindow window;
    private Plugins plugins = Plugins.none();

    /// Shows the window with files and samples, returns when it was closed.
    ///
    /// @return the exit code
    public static int show(List<String> files) {
        launch(WindowApp.class, files.toArray(String[]::new));
        return 0;
    }

    /// Off the UI thread.
    @Override
    public void init() {
        plugins = Plugins.ofUser(Directories.ofUser());
    }

    @Override
    public void start(Stage stage) {
        Fonts.registerWithJavaFx();
        var made = new ShellWindow(stage, Directories.ofUser());
        window = made;
        made.addTools(BuiltIns.all(), plugins);
        made.show(getParameters().getUnnamed());
        ToolkitCompiling.begin();
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
    }
}
