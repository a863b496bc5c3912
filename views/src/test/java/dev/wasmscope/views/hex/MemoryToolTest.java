package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

class MemoryToolTest extends FxTest {
    private final Sessions sessions = new Sessions();
    private final PaletteProbe probe = new PaletteProbe();
    private final TestWorkbench workbench = new TestWorkbench(background, probe);
    private final InspectedMemory memory = new InspectedMemory(workbench);
    private final MemoryTool tool = new MemoryTool(workbench, memory);
    private final InspectorTool inspector = new InspectorTool(memory);

    @Override
    protected Parent content() {
        var split = new SplitPane(tool.node(), inspector.node());
        split.setDividerPositions(0.72);
        return new StackPane(split, probe);
    }

    @AfterEach
    void closeSessions() {
        sessions.close();
    }

    @Test
    void callsChangesAreColouredListedAndAClickGoesThere() {
        var session = look("strings");
        session.call(CallRequest.of("upper", Value.i32(0x20), Value.i32(27))).join();
        until("the capitals are drawn", () -> row(0x20).contains("MEMORY IS ONE"));
        assertThat(text("#memory-changes-summary")).endsWith("ranges");
        assertThat(fx(() -> tool.access().heatOf(0x20))).isPositive();
        assertThat(fx(() -> tool.access().heatOf(0x26))).isZero();
        assertThat(cells()).contains("0x20", "6d 65 6d 6f 72 79", "4d 45 4d 4f 52 59");
        robot.clickOn(robot.lookup("0x27").queryLabeled());
        assertThat(fx(() -> tool.access().selection().start())).isEqualTo(0x27);
        assertThat(text("#memory-selected")).isEqualTo("0x0027 +2");
        assertThat(text("#memory-text")).isEqualTo("IS");
    }

    @Test
    void undoByKeyPutsTheBytesBack() {
        var session = look("strings");
        session.call(CallRequest.of("upper", Value.i32(0x20), Value.i32(27))).join();
        until("the capitals are drawn", () -> row(0x20).contains("MEMORY"));
        robot.clickOn(on(0x20)).push(KeyCode.CONTROL, KeyCode.Z);
        until("the small letters are back", () -> row(0x20).contains("memory is one"));
        assertThat(fx(() -> workbench.notices.getFirst().text())).contains("upper");
    }

    @Test
    void addressFieldSaysWhatIsWrongWhileOneTypesAndGoesByName() {
        look("strings");
        robot.clickOn(on(0)).push(KeyCode.CONTROL, KeyCode.G).write("0x10000");
        assertThat(text("#memory-problem")).isEqualTo("0x10000 is beyond the last byte at 0xffff.");
        robot.push(KeyCode.CONTROL, KeyCode.A).write("text");
        until("the name is known", () -> !visible("#memory-problem"));
        robot.push(KeyCode.ENTER);
        assertThat(fx(() -> tool.access().selection().start())).isEqualTo(0x20);
        assertThat(robot.lookup("#memory-goto").queryAs(TextField.class).getText())
                .isEqualTo("0x00000020");
        robot.push(KeyCode.CONTROL, KeyCode.A).write("+0x40").push(KeyCode.ENTER);
        assertThat(fx(() -> tool.access().selection().start())).isEqualTo(0x60);
        robot.clickOn("#memory-back");
        assertThat(fx(() -> tool.access().selection().start())).isEqualTo(0x20);
    }

    @Test
    void digitsAndLettersAreTypedWhereTheCursorIs() {
        look("strings");
        until("the text is drawn", () -> row(0x20).contains("memory"));
        robot.clickOn(on(0x20)).type(KeyCode.DIGIT4);
        assertThat(row(0x20)).contains("4_ 65");
        robot.type(KeyCode.D);
        until("the byte is written", () -> row(0x20).contains("Memory"));
        robot.clickOn(onText(0x27)).write("IS");
        until("the letters are written", () -> row(0x20).contains("Memory IS one"));
        assertThat(fx(() -> tool.access().selection())).isEqualTo(Selection.at(0x29));
    }

    @Test
    void inspectorReadsTheBytesAtTheCursorInBothOrders() {
        look("strings");
        until("the text is drawn", () -> row(0x20).contains("memory"));
        robot.clickOn(on(0x20));
        until("the inspector has read it", () -> value("u32").equals("1869440365"));
        assertThat(value("string")).isEqualTo("memory is one array, really");
        robot.clickOn("#segment-BE");
        assertThat(value("u32")).isEqualTo("1835363695");
        assertThat(text("#memory-value-i32")).isEqualTo("1835363695");
    }

    @Test
    void liveBytesMoveWhileAnEndlessLoopRunsAndAreMarkedAsMixed() {
        var session = look("loops");
        var outcome = session.call(TestModule.endless("br"));
        until("it is live", () -> visible("#memory-mixed"));
        until("bytes move", () -> tool.access().heatOf(0) > 0 && tool.access().shownByte(0) >= 0);
        robot.clickOn(on(0)).type(KeyCode.DIGIT1);
        assertThat(text("#memory-problem")).startsWith("br is running.");
        session.stop();
        outcome.join();
        until("it is at rest", () -> !visible("#memory-mixed"));
    }

    @Test
    void growthIsShown() {
        var session = look("grow");
        session.call(CallRequest.of("append_page")).join();
        until("the growth is shown", () -> visible("#memory-grown"));
        assertThat(text("#memory-grown")).isEqualTo("+1 page");
        assertThat(text("#memory-size")).isEqualTo("2 pages · 128 KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compiler", "interpreter"})
    void everyMemoryOfAModuleIsChosenLookedAtAndWrittenByItself(String runtime, @TempDir Path folder) throws Exception {
        var module = TestModule.ofText(folder, """
                (module
                  (memory (export "small") 1)
                  (memory (export "large") 3)
                  (data (memory 0) (i32.const 16) "in the first")
                  (data (memory 1) (i32.const 0x20000) "in the second")
                  (func (export "mark")
                    (i32.store8 (memory 1) (i32.const 0x20000) (i32.const 73))))
                """);
        var session = module.start(sessions, runtime);
        onUi(() -> workbench.activeModule.set(module));
        until("the first memory is drawn", () -> row(16).contains("in the first"));
        assertThat(text("#memory-size")).isEqualTo("1 page · 64 KiB");

        robot.clickOn("#memory-picker").clickOn("memory[1] large");
        robot.clickOn("#memory-goto")
                .push(KeyCode.CONTROL, KeyCode.A)
                .write("0x20000")
                .push(KeyCode.ENTER);
        until("the second memory is drawn", () -> row(0x20000).contains("in the second"));
        assertThat(text("#memory-size")).isEqualTo("3 pages · 192 KiB");

        session.call(CallRequest.of("mark")).join();
        until("the call's byte is drawn", () -> row(0x20000).contains("In the second"));
        assertThat(fx(() -> tool.access().heatOf(0x20000))).isPositive();
        robot.clickOn(onText(0x20001)).write("N");
        until("the typed byte is drawn", () -> row(0x20000).contains("IN the second"));

        robot.clickOn("#memory-picker").clickOn("memory[0] small");
        until("the first memory is as it was", () -> row(16).contains("in the first"));
        assertThat(fx(() -> tool.access().heatOf(16))).isZero();
    }

    @Test
    void everyEmptyStateSaysWhatToDo() {
        assertThat(robot.lookup("No module is open").tryQuery()).isPresent();
        look("add");
        assertThat(robot.lookup("add.wasm has no memory").tryQuery()).isPresent();
        onUi(() -> workbench.activeModule.set(new TestModule("strings")));
        assertThat(robot.lookup("strings.wasm is not running").tryQuery()).isPresent();
    }

    private Session look(String sample) {
        var module = TestModule.started(sessions, sample);
        onUi(() -> workbench.activeModule.set(module));
        return module.session();
    }

    private String row(long address) {
        return fx(() -> tool.access().rowOf(address));
    }

    private String text(String id) {
        return fx(() -> robot.lookup(id).<Labeled>query().getText());
    }

    private boolean visible(String id) {
        return robot.lookup(id).tryQuery().map(Node::isVisible).orElse(false);
    }

    private List<String> cells() {
        return fx(() -> robot.lookup("#memory-changes").lookup(".table-cell").<Labeled>queryAll().stream()
                .map(cell -> String.valueOf(cell.getText()))
                .toList());
    }

    private String value(String type) {
        return fx(() -> robot.lookup("#inspector-values").<TableView<Inspector.Reading>>query().getItems().stream()
                .filter(r -> r.type().equals(type))
                .map(Inspector.Reading::text)
                .findFirst()
                .orElse(""));
    }

    private Point2D on(long address) {
        return fx(() -> screen(tool.access().pointOf(address).orElseThrow()));
    }

    private Point2D onText(long address) {
        return fx(() -> screen(tool.access().textPointOf(address).orElseThrow()));
    }

    private Point2D screen(Point2D inScene) {
        return tool.node().localToScreen(tool.node().sceneToLocal(inScene));
    }

    private static <T> T fx(Callable<T> ask) {
        WaitForAsyncUtils.waitForFxEvents();
        return WaitForAsyncUtils.waitForAsyncFx(5000, ask);
    }

    private void until(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> fx(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("Waited in vain: " + what, e);
        }
    }
}
