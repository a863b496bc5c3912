package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.Theme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Parent;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class HexViewTest extends FxTest {
    private final PaletteProbe probe = new PaletteProbe();
    private final HexView view = new HexView(probe.paletteProperty(), Platform::runLater);

    @Override
    protected Parent content() {
        var bytes = new byte[65_536];
        var hello = "hello, wasm".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(hello, 0, bytes, 0x400, hello.length);
        view.setSource(ByteSource.of(bytes));
        return new StackPane(view, probe);
    }

    @Override
    protected double width() {
        return 700;
    }

    @Test
    void placeGoneToIsDrawnWithAddressHexAndText() {
        robot.interact(() -> view.show(0x400, 11));
        assertThat(rows()).contains("00000400  68 65 6c 6c 6f 2c 20 77  61 73 6d 00 00 00 00 00  hello, wasm·····");
        assertThat(fx(() -> view.access().colorBehind(0x40a)))
                .isEqualTo(probe.paletteProperty().get().accentMuted());
        assertThat(fx(() -> view.access().colorBehind(0x40b)))
                .isEqualTo(probe.paletteProperty().get().background());
        assertThat(fx(() -> view.access().cursorText())).startsWith("0x400: 68 h, 11 bytes selected. Row 68 65");
    }

    @Test
    void dragSelectsAndCtrlCCopies() {
        robot.interact(() -> view.show(0x400, 0));
        robot.drag(on(0x400), MouseButton.PRIMARY).dropTo(on(0x404));
        assertThat(selection()).isEqualTo(new Selection(0x400, 0x404));
        robot.push(KeyCode.CONTROL, KeyCode.C);
        assertThat(clipboard()).isEqualTo("68 65 6c 6c 6f");
        robot.drag(onText(0x404), MouseButton.PRIMARY).dropTo(onText(0x400));
        robot.push(KeyCode.CONTROL, KeyCode.C);
        assertThat(clipboard()).isEqualTo("hello");
    }

    @Test
    void shiftClickExtendsAndTheMenuCopiesAsCArray() {
        robot.interact(() -> view.show(0x400, 0));
        robot.clickOn(on(0x400)).press(KeyCode.SHIFT).clickOn(on(0x401)).release(KeyCode.SHIFT);
        robot.rightClickOn(on(0x401)).clickOn("#hex-copy-c_array");
        assertThat(clipboard()).isEqualTo("const unsigned char bytes[2] = {\n    0x68, 0x65,\n};\n");
    }

    @Test
    void draggingBelowTheViewScrollsOn() {
        var from = on(0);
        robot.drag(from, MouseButton.PRIMARY).moveTo(from.add(0, 700));
        WaitForAsyncUtils.sleep(400, TimeUnit.MILLISECONDS);
        robot.drop();
        assertThat(selection().start()).isZero();
        assertThat(selection().length()).isGreaterThan(30 * 16);
        assertThat(fx(() -> view.access().firstVisible())).isPositive();
    }

    @Test
    void keysReachEveryEnd() {
        robot.clickOn(on(0x20)).push(KeyCode.CONTROL, KeyCode.END);
        assertThat(selection()).isEqualTo(Selection.at(65_535));
        assertThat(rows().getLast()).startsWith("0000fff0");
        robot.push(KeyCode.CONTROL, KeyCode.HOME);
        robot.push(KeyCode.DOWN).push(KeyCode.RIGHT).push(KeyCode.SHIFT, KeyCode.END);
        assertThat(selection()).isEqualTo(new Selection(0x11, 0x1f));
        robot.push(KeyCode.CONTROL, KeyCode.A);
        assertThat(selection().length()).isEqualTo(65_536);
    }

    @Test
    void scrollBarReachesBothEndsOfFourGibibytes() {
        var source = new SlowSource(1L << 32);
        robot.interact(() -> view.setSource(source));
        var bar = fx(() -> view.access().scrollBar());
        var window = fx(() -> view.localToScreen(0, 0));
        robot.drag(window.getX() + bar.getCenterX(), window.getY() + bar.getMinY() + 3, MouseButton.PRIMARY)
                .dropTo(window.getX() + bar.getCenterX(), window.getY() + bar.getMaxY() + 40);
        assertThat(rows().getLast()).startsWith("fffffff0").contains("·· ··").doesNotContain("00 00");
        robot.interact(source::answerAll);
        assertThat(fx(() -> view.access().complete())).isTrue();
        assertThat(rows().getLast()).contains(String.format("%02x", 0xffff_fff0L % 251));
    }

    @Test
    void numbersAreShownLittleEndian() {
        robot.interact(() -> view.unitProperty().set(HexUnit.U32));
        robot.interact(() -> view.show(0x400, 4));
        assertThat(fx(() -> view.access().rowOf(0x400))).contains("6c6c6568 77202c6f  006d7361");
        robot.clickOn(on(0x403));
        assertThat(selection()).isEqualTo(Selection.at(0x403));
    }

    @Test
    void changedBytesAreColoured() {
        robot.interact(() -> view.markChanged(List.of(new ByteRange(0x10, 3))));
        assertThat(fx(() -> view.access().heatOf(0x12))).isPositive();
        assertThat(fx(() -> view.access().heatOf(0x13))).isZero();
        assertThat(fx(() -> view.access().colorBehind(0x12).getHue()))
                .isEqualTo(probe.paletteProperty().get().changed().getHue());
    }

    @Test
    void tooLargeACopyIsRefusedWithItsSize() {
        robot.interact(() -> view.setSource(new SlowSource(1L << 32)));
        robot.clickOn(on(0)).push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.CONTROL, KeyCode.C);
        assertThat(fx(() -> view.problemProperty().get()))
                .isEqualTo("4,294,967,296 bytes are selected, and at most 1,048,576 can be copied. Select fewer.");
    }

    @Test
    void themeChangeRepaintsInTheNewColours() {
        onUi(() -> {
            Theme.LIGHT.install();
            Theme.LIGHT.applyTo(view.getScene());
        });
        assertThat(fx(() -> view.access().colorBehind(0))).isEqualTo(Color.WHITE);
    }

    private List<String> rows() {
        return fx(() -> view.access().visibleRows());
    }

    private Selection selection() {
        return fx(() -> view.access().selection());
    }

    private String clipboard() {
        return fx(() -> Clipboard.getSystemClipboard().getString());
    }

    private Point2D on(long address) {
        return fx(() -> screen(view.access().pointOf(address).orElseThrow()));
    }

    private Point2D onText(long address) {
        return fx(() -> screen(view.access().textPointOf(address).orElseThrow()));
    }

    private Point2D screen(Point2D inScene) {
        return view.localToScreen(view.sceneToLocal(inScene));
    }

    private static <T> T fx(Callable<T> ask) {
        WaitForAsyncUtils.waitForFxEvents();
        return WaitForAsyncUtils.waitForAsyncFx(5000, ask);
    }
}
