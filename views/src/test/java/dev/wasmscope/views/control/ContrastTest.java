package dev.wasmscope.views.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Parent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/// Text can be read in both themes: 4.5:1 at least, the limit of WCAG 2.2 for text of this size.
class ContrastTest extends FxTest {
    private static final double LEAST = 4.5;
    private static final List<String> GROUNDS = List.of("-color-bg-default", "-ws-chrome");
    private static final List<String> TEXTS = List.of(
            "-color-fg-default",
            "-color-fg-muted",
            "-ws-dim",
            "-ws-kw",
            "-ws-in",
            "-ws-nu",
            "-ws-st",
            "-ws-va",
            "-ws-cm",
            "-color-accent-fg",
            "-color-success-fg",
            "-color-warning-fg",
            "-color-danger-fg");

    private final Region swatch = new Region();

    @Override
    protected Parent content() {
        return new Pane(swatch);
    }

    @Test
    void textOfBothThemesCanBeRead() {
        for (var theme : Theme.values()) {
            onUi(() -> {
                theme.install();
                theme.applyTo(stage().getScene());
                for (var ground : GROUNDS) {
                    for (var text : TEXTS) {
                        assertContrast(theme, text, ground);
                    }
                }
                assertContrast(theme, "-color-fg-default", "-ws-selected");
                assertContrast(theme, "-color-fg-muted", "-ws-selected-idle");
            });
        }
    }

    private void assertContrast(Theme theme, String text, String ground) {
        var ratio = ratio(luminance(colour(text)), luminance(colour(ground)));
        assertThat(ratio).as("%s on %s in %s", text, ground, theme).isGreaterThanOrEqualTo(LEAST);
    }

    private Color colour(String name) {
        swatch.setStyle("-fx-background-color: " + name);
        swatch.applyCss();
        return (Color) swatch.getBackground().getFills().getFirst().getFill();
    }

    private static double ratio(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
