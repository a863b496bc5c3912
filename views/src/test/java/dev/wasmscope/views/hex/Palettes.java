package dev.wasmscope.views.hex;

import dev.wasmscope.views.spi.Palette;
import javafx.scene.paint.Color;

/// Primer's two palettes, for views that stand alone.
final class Palettes {
    static final Palette DARK = of(
            true, "#0d1117", "#161b22", "#21262d", "#c9d1d9", "#8b949e", "#6e7681", "#58a6ff", "#1f4176", "#3fb950",
            "#d29922", "#f85149", "#9e6a03");
    static final Palette LIGHT = of(
            false, "#ffffff", "#f6f8fa", "#d8dee4", "#24292f", "#57606a", "#6e7781", "#0969da", "#b6dcff", "#1a7f37",
            "#9a6700", "#cf222e", "#bf8700");

    private Palettes() {}

    private static Palette of(boolean dark, String... c) {
        return new Palette(
                dark,
                web(c[0]),
                web(c[1]),
                web(c[2]),
                web(c[3]),
                web(c[4]),
                web(c[5]),
                web(c[6]),
                web(c[7]),
                web(c[8]),
                web(c[9]),
                web(c[10]),
                web(c[11]));
    }

    private static Color web(String color) {
        return Color.web(color);
    }
}
