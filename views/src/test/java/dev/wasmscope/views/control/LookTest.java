package dev.wasmscope.views.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import org.junit.jupiter.api.Test;

class LookTest extends FxTest {
    private final PaletteProbe probe = new PaletteProbe();
    private final Segments<String> segments = new Segments<>(List.of("u8", "u16", "u32"), s -> s);
    private final Label text = new Label("Look");

    @Override
    protected Parent content() {
        return new VBox(text, segments, new FilterField("Filter"), probe);
    }

    @Test
    void textIsSetInTheBundledFont() {
        assertThat(text.getFont().getFamily()).isEqualTo("Inter");
        assertThat(Font.getFamilies()).contains("JetBrains Mono");
    }

    @Test
    void paletteFollowsTheTheme() {
        assertThat(probe.paletteProperty().get().dark()).isTrue();
        onUi(() -> {
            Theme.LIGHT.install();
            Theme.LIGHT.applyTo(text.getScene());
        });
        assertThat(probe.paletteProperty().get().dark()).isFalse();
        assertThat(probe.paletteProperty().get().background().toString()).isEqualTo("0xffffffff");
    }

    @Test
    void arrowKeysMoveTheChoiceAndAClickOnTheChosenKeepsIt() {
        robot.clickOn("#segment-u8").type(KeyCode.RIGHT);
        assertThat(segments.value()).isEqualTo("u16");
        robot.clickOn("#segment-u16");
        assertThat(segments.value()).isEqualTo("u16");
        robot.type(KeyCode.RIGHT, KeyCode.RIGHT);
        assertThat(segments.value()).isEqualTo("u32");
    }

    @Test
    void escapeClearsAFilter() {
        robot.clickOn(".filter").write("fib");
        assertThat(robot.lookup(".filter").queryTextInputControl().getText()).isEqualTo("fib");
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup(".filter").queryTextInputControl().getText()).isEmpty();
    }
}
