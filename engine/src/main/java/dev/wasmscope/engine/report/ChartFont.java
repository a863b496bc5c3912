package dev.wasmscope.engine.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The typeface of every chart. It comes with the program, so that a chart is set the same on every machine.
public final class ChartFont {
    public static final String FAMILY = "Inter";

    private static final class Loaded {
        private static final Font FONT = load();
    }

    private ChartFont() {}

    /// The TrueType file; the caller closes it.
    public static InputStream open() {
        var file = ChartFont.class.getResourceAsStream("fonts/Inter-Regular.ttf");
        if (file == null) {
            throw new IllegalStateException("The bundled font Inter-Regular is missing.");
        }
        return file;
    }

    static Font of(float size) {
        return Loaded.FONT.deriveFont(size);
    }

    private static Font load() {
        try (var file = open()) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("The bundled font Inter-Regular is damaged.", e);
        }
    }
}
