package dev.wasmscope.app.shell;

import dev.wasmscope.app.settings.JsonFile.Loaded;
import dev.wasmscope.app.shell.LayoutStore.Bounds;
import dev.wasmscope.app.shell.LayoutStore.Saved;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.Notice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.scene.layout.Region;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Restores the layout of the last start and keeps the file up to date while the user moves things.
final class WindowLayout {
    static final double WIDTH = 1600;
    static final double HEIGHT = 1000;

    private final Stage stage;
    private final Docking docking;
    private final LayoutStore store;
    private final Background background;
    private final Consumer<Notice> notices;
    private final PauseTransition soon = new PauseTransition(Duration.seconds(1));

    WindowLayout(Stage stage, Docking docking, LayoutStore store, Background background, Consumer<Notice> notices) {
        this.stage = stage;
        this.docking = docking;
        this.store = store;
        this.background = background;
        this.notices = notices;
        soon.setOnFinished(_ -> saveInBackground());
    }

    /// Call before the stage is shown, after the tools were registered.
    void restore() {
        switch (store.load()) {
            case Loaded.Value<Saved>(var saved) -> {
                size(saved.bounds());
                docking.apply(saved.layout().orElse(null), saved.closed());
            }
            case Loaded.Absent<Saved> _ -> usual();
            case Loaded.SetAside<Saved>(var report) -> {
                usual();
                notices.accept(new Notice(Notice.Level.WARNING, report, Optional.empty()));
            }
        }
    }

    void reset() {
        docking.apply(
                DefaultLayout.of(docking.tools(), stage.getWidth(), stage.getHeight())
                        .orElse(null),
                List.of());
        changed();
    }

    /// Something moved; several changes make one write.
    void changed() {
        soon.playFromStart();
    }

    /// Writes at once; for the end of the program.
    void saveNow() throws IOException {
        soon.stop();
        store.save(now());
    }

    private void saveInBackground() {
        var saved = now();
        background.start(
                "Saving the layout",
                _ -> {
                    store.save(saved);
                    return true;
                },
                result -> {
                    if (result instanceof Result.Failed<Boolean>(var cause)) {
                        notices.accept(Notice.error("The layout cannot be saved: " + cause.getMessage()));
                    }
                });
    }

    private Saved now() {
        var bounds = new Bounds(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
        return new Saved(docking.layout(), docking.closed(), bounds.width() >= 200 ? bounds : null);
    }

    private void usual() {
        size(null);
        docking.apply(
                DefaultLayout.of(docking.tools(), stage.getWidth(), stage.getHeight())
                        .orElse(null),
                List.of());
    }

    /// A window that was on a screen which is gone comes back on the first one.
    private void size(@Nullable Bounds bounds) {
        var screen = Screen.getPrimary().getVisualBounds();
        if (bounds == null
                || Screen.getScreensForRectangle(bounds.x(), bounds.y(), bounds.width(), bounds.height())
                        .isEmpty()) {
            size(Math.min(WIDTH, screen.getWidth()), Math.min(HEIGHT, screen.getHeight()));
            return;
        }
        stage.setX(bounds.x());
        stage.setY(bounds.y());
        size(bounds.width(), bounds.height());
        stage.setMaximized(bounds.maximized());
    }

    /// The contents as well: dividers set for another size than the first layout has would move.
    private void size(double width, double height) {
        stage.setWidth(width);
        stage.setHeight(height);
        if (stage.getScene().getRoot() instanceof Region root) {
            root.setPrefSize(width, height);
        }
    }
}
