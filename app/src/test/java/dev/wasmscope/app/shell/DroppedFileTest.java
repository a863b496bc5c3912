package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// Files dragged by the mouse from another window, through the display server, onto the program's.
class DroppedFileTest extends ShellTest {
    /// Far enough to be over the panes of the window.
    private static final int BELOW = 300;

    private static final int PATIENCE = 200;

    private @Nullable Stage fileManager;

    @AfterEach
    void closeFileManager() {
        var open = fileManager;
        if (open != null) {
            onUi(open::hide);
        }
    }

    @Test
    void droppedModulesAreOpenedAndADroppedTextFileIsExplained() throws Exception {
        var module = Files.write(
                home.resolve("dropped.wasm"), SampleCatalogue.load().open("add").bytes());
        var text = Files.writeString(home.resolve("readme.txt"), "not a module");
        start(BuiltIns.all(), "sample:fib");
        dropOnTheWindow(content(List.of(module.toFile(), text.toFile())));
        until("both are open", () -> opened("dropped.wasm") && opened("readme.txt"));
        until(
                "both are read",
                () -> document("readme.txt").factsProperty().get() instanceof Facts.Malformed
                        && document("dropped.wasm").sessionProperty().get() != null);
        assertThat(window().settings().recent()).contains(module, text);
    }

    @Test
    void otherThingsThatAreDroppedChangeNothing() {
        start(BuiltIns.all(), "sample:fib");
        var words = new ClipboardContent();
        words.putString("just words");
        dropOnTheWindow(words);
        assertThat(window().workspace().modules()).hasSizeLessThan(2);
        assertThat(window().notifications().list()).isEmpty();
    }

    private static ClipboardContent content(List<File> files) {
        var content = new ClipboardContent();
        content.putFiles(files);
        return content;
    }

    private void dropOnTheWindow(ClipboardContent dragged) {
        var begun = new AtomicBoolean();
        var over = new AtomicBoolean();
        var label = new Label("drag me");
        label.setOnDragDetected(event -> {
            label.startDragAndDrop(TransferMode.COPY).setContent(dragged);
            begun.set(true);
            event.consume();
        });
        onUi(() -> {
            var stage = new Stage(StageStyle.UNDECORATED);
            stage.setScene(new Scene(new StackPane(label), 160, 80));
            stage.setX(0);
            stage.setY(0);
            stage.setAlwaysOnTop(true);
            stage.show();
            stage.toFront();
            fileManager = stage;
            window().stage()
                    .getScene()
                    .addEventFilter(
                            DragEvent.DRAG_DROPPED,
                            e -> System.err.println("dropped " + e.getTarget()
                                    + e.getDragboard().getFiles()));
            window().stage()
                    .getScene()
                    .addEventHandler(
                            DragEvent.DRAG_OVER,
                            e -> System.err.println(
                                    "bubbled " + e.getTarget() + e.isConsumed() + e.getAcceptedTransferMode()
                                            + e.getDragboard().getTransferModes()));

            window().stage().getScene().addEventFilter(DragEvent.DRAG_OVER, _ -> over.set(true));
        });
        robot.drag(label, MouseButton.PRIMARY).moveBy(30, 30);
        until("the drag has begun", begun::get);
        robot.moveBy(BELOW, BELOW);
        // The toolkit tells of a drag only while the mouse moves.
        for (int moves = 0; moves < PATIENCE && !over.get(); moves++) {
            robot.moveBy(1, 1).sleep(50);
        }
        assertThat(over).as("the window was told of the drag").isTrue();
        robot.drop();
        WaitForAsyncUtils.waitForFxEvents();
    }

    private boolean opened(String name) {
        return window().workspace().modules().stream()
                .anyMatch(module -> module.name().equals(name));
    }

    private ModuleDocument document(String name) {
        return window().workspace().modules().stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void until(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
        } catch (TimeoutException e) {
            throw new AssertionError(what + ": not within 20 s", e);
        }
    }
}
