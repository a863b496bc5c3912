package dev.wasmscope.views.control;

import dev.wasmscope.views.spi.Palette;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.layout.Background;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// An unseen node that learns the theme's looked-up colours from the stylesheet, for what CSS cannot reach.
///
/// Put it anywhere in a scene; its palette follows the theme. `base.css` lists the colours as the fills of one
/// background, in the order of [Palette]'s components.
public final class PaletteProbe extends Region {
    private static final int COLOURS = 12;

    private final ReadOnlyObjectWrapper<Palette> palette = new ReadOnlyObjectWrapper<>(beforeCss());

    public PaletteProbe() {
        getStyleClass().add("palette-probe");
        setManaged(false);
        setMouseTransparent(true);
        backgroundProperty().subscribe(this::read);
    }

    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette.getReadOnlyProperty();
    }

    private void read(@Nullable Background background) {
        if (background == null || background.getFills().size() != COLOURS) {
            return;
        }
        var c = background.getFills().stream()
                .map(fill -> (Color) fill.getFill())
                .toArray(Color[]::new);
        palette.set(new Palette(
                c[0].getBrightness() < 0.5, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]));
    }

    /// Neutral greys for the moment before the first layout.
    private static Palette beforeCss() {
        var grey = Color.GRAY;
        return new Palette(true, Color.BLACK, Color.BLACK, grey, grey, grey, grey, grey, grey, grey, grey, grey, grey);
    }
}
