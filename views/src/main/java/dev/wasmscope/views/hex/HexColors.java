package dev.wasmscope.views.hex;

import dev.wasmscope.views.spi.Palette;
import javafx.scene.paint.Color;

/// The colours of a hex view, mixed from the theme's.
record HexColors(
        Color background,
        Color header,
        Color headerText,
        Color line,
        Color text,
        Color dim,
        Color address,
        Color accent,
        Color selection,
        Color hover,
        Color changed,
        Color problem) {
    static HexColors of(Palette p) {
        return new HexColors(
                p.background(),
                p.chrome(),
                faded(p.textSubtle(), 0.96),
                p.line(),
                p.text(),
                faded(p.textSubtle(), 0.6),
                p.textMuted(),
                p.accent(),
                p.accentMuted(),
                faded(p.text(), p.dark() ? 0.08 : 0.06),
                p.changed(),
                p.danger());
    }

    /// The colour behind a changed byte.
    ///
    /// @param heat above 0, to 1
    Color changed(double heat) {
        return faded(changed, 0.15 + 0.6 * heat);
    }

    static Color faded(Color color, double opacity) {
        return color.deriveColor(0, 1, 1, opacity);
    }
}
