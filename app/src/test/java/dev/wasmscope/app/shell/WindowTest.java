package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.app.shell.BuiltIns.BuiltIn;
import dev.wasmscope.views.spi.Tool.Place;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class WindowTest extends ShellTest {
    @Test
    void toolsAreDockedWhereTheyBelongAndTheKeyboardReachesThem() {
        var window = start(PlainTool.set());
        assertThat(window.docking().layout().orElseThrow().allTools())
                .containsExactly("explorer", "code", "file", "memory", "invoke", "console", "output", "latency");
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT4).release(KeyCode.CONTROL);
        assertThat(focusedText()).isEqualTo("Memory");
        robot.type(KeyCode.F6);
        assertThat(focusedText()).isEqualTo("Invoke");
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).type(KeyCode.TAB).release(KeyCode.CONTROL);
        assertThat(focusedText()).isEqualTo("File");
    }

    @Test
    void closedToolComesBackAtItsPlace() {
        var window = start(PlainTool.set());
        onUi(() -> window.docking().close("memory"));
        assertThat(window.docking().closed()).containsExactly("memory");
        onUi(() -> window.docking().show("memory"));
        assertThat(window.docking().layout().orElseThrow().allTools())
                .containsExactly("explorer", "code", "file", "memory", "invoke", "console", "output", "latency");
    }

    @Test
    void toolThatCannotBeMadeIsReportedAndTheOthersWork() {
        var tools = new ArrayList<>(PlainTool.set());
        tools.add(new BuiltIn("Broken", _ -> {
            throw new IllegalStateException("no such part");
        }));
        tools.add(new BuiltIn("Hollow", _ -> new HollowTool(new PlainTool("hollow", "Hollow", Place.RIGHT))));
        var window = start(tools);
        onUi(() -> window.docking().show("hollow"));
        assertThat(window.notifications().list().stream()
                        .map(noted -> noted.notice().text()))
                .anyMatch(text -> text.contains("Broken") && text.contains("no such part"))
                .anyMatch(text -> text.contains("Hollow") && text.contains("nothing inside"));
        onUi(() -> window.docking().show("code"));
        assertThat(focusedText()).isEqualTo("Code");
    }

    @Test
    void windowWithoutToolsOpens() {
        assertThat(start(List.of()).docking().layout()).isEmpty();
    }

    private String focusedText() {
        return window().stage().getScene().getFocusOwner() instanceof TextField field ? field.getText() : "";
    }
}
