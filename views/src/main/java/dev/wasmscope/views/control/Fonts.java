package dev.wasmscope.views.control;

import dev.wasmscope.engine.report.ChartFont;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/// The bundled typefaces: Inter for text, JetBrains Mono for code, bytes and numbers. Inter's regular weight comes
/// with the engine, whose charts are set in it.
public final class Fonts {
    public static final String TEXT = "Inter";
    public static final String MONO = "JetBrains Mono";

    private static final List<String> FILES = List.of(
            "Inter-Medium",
            "Inter-SemiBold",
            "Inter-Bold",
            "JetBrainsMono-Regular",
            "JetBrainsMono-Medium",
            "JetBrainsMono-Bold");

    private Fonts() {}

    /// Registers them with JavaFX; doing it again changes nothing.
    public static void registerWithJavaFx() {
        load("Inter-Regular", ChartFont.open());
        for (var file : FILES) {
            load(file, Fonts.class.getResourceAsStream("fonts/" + file + ".ttf"));
        }
    }

    private static void load(String name, @Nullable InputStream file) {
        try (file) {
            if (file == null || Font.loadFont(file, 12) == null) {
                throw new IllegalStateException("The bundled font " + name + " cannot be loaded.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
