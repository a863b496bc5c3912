package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.app.settings.Settings.ThemeChoice;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Notice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class PaletteTest extends ShellTest {
    private static final String TOAST_BUTTON = ".toast .notice-middle .button";

    @Test
    void paletteFindsCommandsExportsAndAddresses() throws TimeoutException {
        var window = start(PlainTool.set(), "sample:fib");
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () -> window.workspace().modules().stream()
                        .anyMatch(module -> module.facts().isPresent()));
        openPalette();
        robot.write("fib_lo");
        assertThat(first()).startsWith("fib_loop").contains("export of fib.wasm");
        robot.eraseText(6).write("0x400");
        assertThat(first()).startsWith("Go to address 0x00000400");
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#palette-query")
                        .query()
                        .getParent()
                        .getParent()
                        .isVisible())
                .isFalse();
    }

    @Test
    void themeIsSwitchedFromThePaletteAndKept() {
        var window = start(PlainTool.set());
        var dark = window.workbench().paletteProperty().get().dark();
        openPalette();
        robot.write("> switch light").type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.workbench().paletteProperty().get().dark()).isEqualTo(!dark);
        start(PlainTool.set());
        assertThat(window().settings().themeProperty().get()).isEqualTo(dark ? ThemeChoice.LIGHT : ThemeChoice.DARK);
        assertThat(window().workbench().paletteProperty().get().dark()).isEqualTo(!dark);
    }

    @Test
    void noticesShowAsToastsWithTheirActionAndStayInTheList() {
        var window = start(PlainTool.set());
        var done = new AtomicInteger();
        var action = Command.of("test.again", "Try again", "", done::incrementAndGet);
        // What only weak references hold is gone after this: once the toasts listened to such a list.
        System.gc();
        onUi(() -> window.workbench()
                .notify(new Notice(Notice.Level.ERROR, "The port 6379 is taken.", Optional.of(action))));
        // The list behind the bell has the same button, unseen.
        var journey = new Journey(robot, Path.of("target", "journey"));
        journey.of(window);
        journey.until("the toast is shown", () -> journey.visible(TOAST_BUTTON));
        robot.clickOn(TOAST_BUTTON);
        assertThat(done).hasValue(1);
        assertThat(window.notifications().unreadProperty().get()).isEqualTo(1);
        robot.clickOn("#notifications-bell");
        assertThat(robot.lookup("#notification-panel").query().isVisible()).isTrue();
        assertThat(window.notifications().unreadProperty().get()).isZero();
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#notification-panel").query().isVisible()).isFalse();
    }

    private void openPalette() {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.P).release(KeyCode.SHIFT, KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private String first() {
        WaitForAsyncUtils.waitForFxEvents();
        ListView<?> results = robot.lookup("#palette-results").queryListView();
        var entry = (PaletteEntry) results.getItems().getFirst();
        return entry.title() + " | " + entry.detail();
    }
}
