package dev.wasmscope.views.spi;

import javafx.scene.paint.Color;

/// The theme's colours for canvases and charts, read from the stylesheet's looked-up colours.
public record Palette(
        boolean dark,
        Color background,
        Color chrome,
        Color line,
        Color text,
        Color textMuted,
        Color textSubtle,
        Color accent,
        Color accentMuted,
        Color success,
        Color warning,
        Color danger,
        Color changed) {}
