package dev.wasmscope.views.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.geometry.Bounds;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class CodeToolTest extends FxTest {
    private final CodeBench bench = new CodeBench(background);
    private final CodeTool tool = new CodeTool(bench.workspace, bench);
    private @Nullable ModuleDocument module;

    @Override
    protected Parent content() {
        bench.showFunctionsIn(tool::open);
        return (Parent) tool.node();
    }

    @BeforeEach
    void openModule() throws TimeoutException {
        onUi(() -> module =
                bench.workspace.open(new ModuleSource("calls.wasm", Optional.empty(), CodeViewModelTest.CALLS)));
        until(() -> text().contains("call $helper"));
    }

    private CodeLines lines() {
        return robot.lookup("#code-lines").queryAs(CodeLines.class);
    }

    private String text() {
        return robot.lookup("#code-lines")
                .tryQueryAs(CodeLines.class)
                .map(CodeLines::getText)
                .orElse("");
    }

    /// Where a character is on the screen; asked for on the UI thread, since the area measures it there.
    private Bounds character(int line, int column) {
        var bounds = new AtomicReference<Bounds>();
        onUi(() -> {
            var at = lines().getAbsolutePosition(line, column);
            bounds.set(lines().getCharacterBoundsOnScreen(at, at + 1).orElseThrow());
        });
        return bounds.get();
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private void until(BooleanSupplier condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> {
            settle();
            return condition.getAsBoolean();
        });
    }

    @Test
    void headSaysWhichFunctionItIs() {
        assertThat(label("#code-name")).isEqualTo("$main");
        assertThat(label("#code-facts")).isEqualTo("func 0 · 5 bytes");
    }

    @Test
    void enterOnACallJumpsAndAltLeftComesBack() throws TimeoutException {
        onUi(() -> {
            lines().requestFocus();
            lines().moveTo(1, 0);
        });
        assertThat(label("#code-place")).isEqualTo("0x000023");
        assertThat(label("#code-bytes")).isEqualTo("10 01");
        robot.type(KeyCode.ENTER);
        until(() -> label("#code-name").equals("$helper"));
        robot.press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        until(() -> label("#code-name").equals("$main"));
        robot.clickOn("#code-forward");
        until(() -> label("#code-name").equals("$helper"));
    }

    @Test
    void clickOnTheUnderlinedNameJumps() throws TimeoutException {
        robot.clickOn(character(1, 9));
        until(() -> label("#code-name").equals("$helper"));
    }

    @Test
    void clickBesideTheNameOnlyMovesTheCurrentLine() {
        var bounds = character(1, 3);
        robot.clickOn(bounds);
        settle();
        assertThat(label("#code-name")).isEqualTo("$main");
        assertThat(label("#code-place")).isEqualTo("0x000023");
        robot.press(KeyCode.CONTROL).clickOn(bounds).release(KeyCode.CONTROL);
        settle();
        assertThat(bench.visited).hasSize(1);
    }

    @Test
    void functionIsFoundByKeyboardAlone() throws TimeoutException {
        onUi(tool::focus);
        robot.press(KeyCode.CONTROL).type(KeyCode.L).release(KeyCode.CONTROL);
        robot.write("help");
        assertThat(label("#code-function-count")).isEqualTo("1 of 3");
        robot.type(KeyCode.ENTER);
        until(() -> label("#code-name").equals("$helper"));
    }

    @Test
    void trapOffsetBecomesTheCurrentLine() throws TimeoutException {
        onUi(() -> tool.open(new Location.Function(Objects.requireNonNull(module), 0, OptionalLong.of(0x25))));
        until(() -> label("#code-place").equals("0x000025"));
        assertThat(lines().getCurrentParagraph()).isEqualTo(2);
    }

    @Test
    void brokenBodyShowsASentenceAndTheRestStaysUsable() throws TimeoutException {
        onUi(() -> tool.open(new Location.Function(Objects.requireNonNull(module), 2, OptionalLong.empty())));
        until(() -> robot.lookup((Label l) -> l.getText().equals("Unknown instruction 0xff, at byte offset 0x2d."))
                .tryQuery()
                .isPresent());
        onUi(() -> tool.open(new Location.Function(Objects.requireNonNull(module), 1, OptionalLong.empty())));
        until(() -> text().contains("$helper"));
    }

    @Test
    void smallModuleAfterALargeOneShowsItsOwnBytes() throws TimeoutException {
        onUi(() -> bench.workspace.openSample("sha256"));
        until(() -> !label("#code-place").isEmpty()
                && Integer.decode(label("#code-place")) > CodeViewModelTest.CALLS.length);
        onUi(() -> bench.workspace.activate(Objects.requireNonNull(module)));
        until(() -> label("#code-bytes").equals("10 01"));
    }
}
