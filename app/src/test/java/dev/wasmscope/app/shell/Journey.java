package dev.wasmscope.app.shell;

import dev.wasmscope.views.workspace.ModuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// What a person does and sees on a journey through the window: keys, clicks, patience.
final class Journey {
    private static final int PATIENCE_SECONDS = 60;

    private final FxRobot robot;
    private final Path pictures;
    private @Nullable ShellWindow window;

    Journey(FxRobot robot, Path pictures) {
        this.robot = robot;
        this.pictures = pictures;
    }

    void of(ShellWindow shown) {
        window = shown;
    }

    /// Waits until something holds; looks on the UI thread.
    void until(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> onUi(condition));
        } catch (TimeoutException e) {
            picture("failed");
            throw new AssertionError(what + ": not within " + PATIENCE_SECONDS + " s", e);
        }
    }

    /// Waits until a file is there; looks on this thread, for the UI thread reads no disk.
    void untilWritten(Path file) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> Files.exists(file));
        } catch (TimeoutException e) {
            picture("failed");
            throw new AssertionError(file.getFileName() + " was not written within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private static <T> T onUi(Callable<T> look) throws Exception {
        var answer = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                answer.complete(look.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(30, TimeUnit.SECONDS);
    }

    /// Finds something by the palette and takes the first hit.
    void command(String query) {
        palette(query);
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void palette(String query) {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        until("the palette is open", () -> visible("#palette-query"));
        robot.write(query);
        until(
                "the palette found " + query,
                () -> !robot.lookup("#palette-results .list-cell .label")
                        .queryAll()
                        .isEmpty());
    }

    /// Opens a sample that runs by itself.
    void openSample(String name) {
        openAny(name);
        until("the sample is open", () -> {
            var open = active(name);
            return open != null && open.sessionProperty().get() != null;
        });
    }

    /// Opens a sample that may need a host to run.
    void openAny(String name) {
        robot.clickOn("#modules-filter");
        robot.push(KeyCode.CONTROL, KeyCode.A).write(name);
        until("the sample is listed", () -> text("#modules-tree").contains(name));
        robot.clickOn(labelled("#modules-tree .tree-cell .label", name)).type(KeyCode.ENTER);
        until("the sample is looked at", () -> looksAt(name));
        robot.clickOn("#modules-filter").push(KeyCode.ESCAPE);
    }

    boolean looksAt(String sample) {
        return active(sample) != null;
    }

    private @Nullable ModuleDocument active(String sample) {
        var active = Objects.requireNonNull(window).workspace().activeProperty().get();
        return active != null && active.source().name().equals(sample + ".wasm") ? active : null;
    }

    /// Brings a tool to the front by its name.
    void show(String title) {
        command(">" + title);
    }

    /// The first thing shown that a query finds and that bears this text.
    Node labelled(String query, String text) {
        return robot.lookup(query).queryAll().stream()
                .filter(node -> node instanceof Labeled label && text.equals(label.getText()) && shown(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing at " + query + " says " + text + "."));
    }

    void press(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    void enter(String line) {
        robot.write(line).push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Replaces what a field holds.
    void fill(String query, String text) {
        until(query + " is shown", () -> visible(query));
        robot.clickOn(query).push(KeyCode.CONTROL, KeyCode.A).write(text);
        WaitForAsyncUtils.waitForFxEvents();
    }

    boolean exists(String query) {
        return robot.lookup(query).tryQuery().isPresent();
    }

    boolean visible(String query) {
        return robot.lookup(query).queryAll().stream().anyMatch(Journey::shown);
    }

    boolean enabled(String query) {
        return robot.lookup(query).queryAll().stream().anyMatch(node -> shown(node) && !node.isDisabled());
    }

    private static boolean shown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    int rows(String query) {
        return robot.lookup(query).queryAs(TableView.class).getItems().size();
    }

    /// All text below a node, as it is shown.
    String text(String query) {
        return robot.lookup(query).queryAll().stream().map(this::textOf).collect(Collectors.joining("\n"));
    }

    private String textOf(Node node) {
        return switch (node) {
            case GenericStyledArea<?, ?, ?> area -> area.getText();
            case TextInputControl input -> input.getText();
            case Labeled label -> label.getText();
            default ->
                robot
                        .from(node)
                        .lookup((Node n) -> n instanceof Labeled || n instanceof GenericStyledArea)
                        .queryAll()
                        .stream()
                        .map(n -> n instanceof Labeled label ? String.valueOf(label.getText()) : textOf(n))
                        .collect(Collectors.joining("\n"));
        };
    }

    /// Leaves a picture of the whole window.
    void picture(String name) {
        try {
            WaitForAsyncUtils.waitForFxEvents();
            var image = WaitForAsyncUtils.waitForAsyncFx(
                    30_000,
                    () -> Objects.requireNonNull(window).stage().getScene().snapshot(null));
            Files.createDirectories(pictures);
            var picture = SwingFXUtils.fromFXImage(image, null);
            if (!ImageIO.write(picture, "png", pictures.resolve(name + ".png").toFile())) {
                throw new IllegalStateException(
                        "This Java writes no PNG: " + Arrays.toString(ImageIO.getWriterFormatNames()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The picture " + name + " could not be written.", e);
        }
    }
}
