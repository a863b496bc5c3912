package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.app.shell.BuiltIns.BuiltIn;
import dev.wasmscope.views.spi.Tool.Place;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Tooltip;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import software.coley.bentofx.control.Header;

/// What tabs say where there is little room, in the real window.
class TabsTest extends ShellTest {
    private static final List<BuiltIn> TOOLS = List.of(
            PlainTool.builtIn("memory", "Memory", Place.CENTER_RIGHT),
            PlainTool.builtIn("invoke", "Invoke", Place.RIGHT),
            PlainTool.builtIn("inspector", "Inspector", Place.RIGHT),
            PlainTool.builtIn("lessons", "Long lessons of all kinds", Place.RIGHT));

    @Test
    void tabsThatHaveNoRoomForTheirTitlesKeepTheirIcons() throws Exception {
        start(TOOLS);
        await(() -> tab("lessons").getWidth() > 0);
        assertThat(shown(tab("lessons"), ".close-button")).isFalse();
        assertThat(title(tab("lessons"))).isFalse();
        assertThat(tip("lessons")).isEqualTo("Long lessons of all kinds");
        assertThat(title(tab("invoke"))).isTrue();
        assertThat(shown(tab("invoke"), ".close-button")).isTrue();

        robot.clickOn(tab("lessons"));
        await(() -> title(tab("lessons")));
        assertThat(shown(tab("lessons"), ".close-button")).isTrue();
        assertThat(window().docking().frontProperty().get().id()).isEqualTo("lessons");
        for (var id : List.of("invoke", "inspector", "lessons")) {
            assertThat(tab(id).getBoundsInParent().getMaxX())
                    .describedAs(id)
                    .isLessThanOrEqualTo(tab(id).getParent().getLayoutBounds().getWidth());
        }
    }

    @Test
    void tabsWithRoomSayAllTheyHave() throws Exception {
        start(TOOLS.subList(0, 2));
        await(() -> tab("invoke").getWidth() > 0);
        assertThat(title(tab("invoke"))).isTrue();
        assertThat(shown(tab("memory"), ".close-button")).isTrue();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Header tab(String id) {
        return robot.lookup(".header").queryAllAs(Header.class).stream()
                .filter(header -> header.getDockable().getIdentifier().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean title(Header tab) {
        return tab.lookup("Text").isVisible();
    }

    private static boolean shown(Header tab, String what) {
        return tab.lookup(what).getParent().isVisible();
    }

    private String tip(String id) {
        Tooltip tip = tab(id).getDockable().getTooltip();
        return tip == null ? "" : tip.getText();
    }
}
