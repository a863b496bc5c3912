package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.javafx.application.PlatformImpl;
import dev.wasmscope.app.settings.Settings.ThemeChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The desktop changes its colours while the window is open. What the toolkit tells JavaFX then is told it here, by
/// the door the toolkit uses: the desktop of a test has no theme to change.
class SystemThemeTest extends ShellTest {
    private Map<String, Object> before = Map.of();

    @BeforeEach
    void remember() {
        onUi(() -> before = new HashMap<>(Platform.getPreferences()));
    }

    @AfterEach
    void putBack() {
        onUi(() -> PlatformImpl.updatePreferences(before));
    }

    @Test
    void windowFollowsTheDesktopUntilThePersonChooses() {
        start(BuiltIns.all());
        for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT, ColorScheme.DARK)) {
            desktop(scheme);
            assertThat(shown()).as("on a " + scheme + " desktop").isEqualTo(scheme);
        }

        robot.clickOn("#theme-switch");
        assertThat(window().settings().themeProperty().get()).isEqualTo(ThemeChoice.LIGHT);
        assertThat(shown()).isEqualTo(ColorScheme.LIGHT);
        desktop(ColorScheme.LIGHT);
        desktop(ColorScheme.DARK);
        assertThat(shown()).as("the person's choice stands").isEqualTo(ColorScheme.LIGHT);

        onUi(() -> window().settings().themeProperty().set(ThemeChoice.SYSTEM));
        assertThat(shown()).as("following again").isEqualTo(ColorScheme.DARK);
    }

    private void desktop(ColorScheme scheme) {
        var dark = scheme == ColorScheme.DARK;
        var told = new HashMap<>(before);
        told.put("GTK.theme_bg_color", dark ? Color.gray(0.1) : Color.gray(0.95));
        told.put("GTK.theme_fg_color", dark ? Color.gray(0.95) : Color.gray(0.1));
        onUi(() -> {
            PlatformImpl.updatePreferences(told);
            assertThat(Platform.getPreferences().getColorScheme()).isEqualTo(scheme);
        });
    }

    /// Judged by what canvases paint with, which comes out of the stylesheets.
    private ColorScheme shown() {
        onUi(() -> window().stage().getScene().getRoot().layout());
        var background = window().workbench().paletteProperty().get().background();
        return background.getBrightness() < 0.5 ? ColorScheme.DARK : ColorScheme.LIGHT;
    }
}
