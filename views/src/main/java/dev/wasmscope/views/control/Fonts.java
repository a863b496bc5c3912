package dev.wasmscope.views.control;

import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The bundled typefaces: Inter for text, JetBrains Mono for code, bytes and numbers.
public final class Fonts {
    public static final String TEXT = "Inter";
    public static final String MONO = "JetBrains Mono";

    private static final List<String> FILES = List.of(
            "Inter-Regular",
            "Inter-Medium",
            "Inter-SemiBold",
            "Inter-Bold",
            "JetBrainsMono-Regular",
            "JetBrainsMono-Medium",
            "JetBrainsMono-Bold");

    private Fonts() {}

    /// Registers them with JavaFX; doing it again changes nothing.
    public static void registerWithJavaFx() {
        for (var file : FILES) {
            try (var in = Fonts.class.getResourceAsStream("fonts/" + file + ".ttf")) {
                if (in == null || Font.loadFont(in, 12) == null) {
                    throw new IllegalStateException("The bundled font " + file + " cannot be loaded.");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Registers them with AWT, for charts and exports. Takes a while: not on the UI thread.
    public static void registerWithAwt() {
        var environment = GraphicsEnvironment.getLocalGraphicsEnvironment();
        for (var file : FILES) {
            try (var in = Fonts.class.getResourceAsStream("fonts/" + file + ".ttf")) {
                if (in == null) {
                    throw new IllegalStateException("The bundled font " + file + " is missing.");
                }
                environment.registerFont(java.awt.Font.createFont(java.awt.Font.TRUETYPE_FONT, in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (FontFormatException e) {
                throw new IllegalStateException("The bundled font " + file + " is damaged.", e);
            }
        }
    }

    /// For canvases; css uses the style class `mono`.
    public static Font mono(double size) {
        return Font.font(MONO, size);
    }

    public static Font text(double size) {
        return Font.font(TEXT, size);
    }
}
