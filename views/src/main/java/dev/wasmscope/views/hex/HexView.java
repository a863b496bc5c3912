package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.Fonts;
import dev.wasmscope.views.spi.Palette;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// Bytes as hex and text, from a [ByteSource] of any size. Paints only what can be seen, never waits for bytes:
/// those that have not come yet are drawn as dots.
///
/// Mouse, wheel and keyboard select and scroll; Ctrl+C copies. UI thread only.
public final class HexView extends Region {
    private static final double FONT_SIZE = 12;

    private final Canvas canvas = new Canvas();
    private final HexModel model;
    private final HexPainter painter;
    private final OverviewBar overview;
    private final HexInput input;
    private final AnimationTimer animation = new AnimationTimer() {
        @Override
        public void handle(long now) {
            animate(now);
        }
    };
    private double charWidth = 7;
    private boolean animating;
    private boolean painting;
    private long lastFrame;
    private HexColors colors;

    /// @param ui runs on the UI thread, later: `background::onUi`
    public HexView(ReadOnlyObjectProperty<Palette> palette, Executor ui) {
        this(palette, new HexModel(ui));
    }

    HexView(ReadOnlyObjectProperty<Palette> palette, HexModel model) {
        this.model = model;
        model.setRepaint(this::repaint);
        painter = new HexPainter(model);
        overview = new OverviewBar(model);
        input = new HexInput(this, model);
        colors = HexColors.of(palette.get());
        getStyleClass().add("hex-view");
        getChildren().addAll(canvas, overview);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleRoleDescription("hex view");
        setMinSize(200, 80);
        useFont(Fonts.mono(FONT_SIZE));
        palette.subscribe(p -> {
            colors = HexColors.of(p);
            requestLayout();
        });
        focusedProperty().subscribe(this::requestLayout);
        focusVisibleProperty().subscribe(this::requestLayout);
        model.unitProperty().subscribe(this::requestLayout);
        model.selectionProperty().subscribe(() -> notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT));
        sceneProperty().subscribe(scene -> {
            if (scene == null) {
                stopAnimation(); // a hidden view costs nothing
            } else {
                repaint();
            }
        });
    }

    private void useFont(Font font) {
        painter.setFont(font);
        var ruler = new Text("0".repeat(100));
        ruler.setFont(font);
        charWidth = ruler.getLayoutBounds().getWidth() / 100;
        requestLayout();
    }

    public ReadOnlyObjectProperty<Selection> selectionProperty() {
        return model.selectionProperty();
    }

    /// How numbers are grouped.
    public ObjectProperty<HexUnit> unitProperty() {
        return model.unitProperty();
    }

    /// Whether changed bytes keep their colour instead of fading.
    public BooleanProperty stillProperty() {
        return model.stillProperty();
    }

    /// How many bytes there are.
    public ReadOnlyLongProperty sizeProperty() {
        return model.sizeProperty();
    }

    /// Why bytes could not be read, copied or written, as a sentence; empty when all is well.
    public ReadOnlyStringProperty problemProperty() {
        return model.problemProperty();
    }

    /// Lets digits be typed into the hex column and text into the other; null for reading only.
    public void setEditor(@Nullable HexEditor editor) {
        model.typing().setEditor(editor);
    }

    /// Shows other bytes from their beginning.
    public void setSource(ByteSource source) {
        model.setSource(source);
    }

    /// Reads again what is shown: the source has other bytes now, or more or fewer.
    public void refresh() {
        model.refresh();
    }

    /// Colours what the latest step changed; earlier marks grow weaker.
    public void markChanged(List<ByteRange> ranges) {
        model.mark(ranges);
    }

    /// Selects a place, scrolls to it and lights it up for a moment.
    ///
    /// @param length 0 for a place without extent
    /// @throws IndexOutOfBoundsException when the place is not within the bytes
    public void show(long address, long length) {
        model.show(address, length);
    }

    public void select(Selection selection) {
        model.select(selection);
    }

    /// What the view shows, for tests and for what cannot see a canvas.
    public HexAccess access() {
        return new HexAccess(this, model, overview, () -> colors);
    }

    /// Copies the selected bytes to the clipboard, once they have been read.
    public void copy(CopyFormat format) {
        input.copy(format);
    }

    HexModel model() {
        return model;
    }

    /// Paints in the next pulse; animates while something fades.
    private void repaint() {
        if (!painting) { // else every frame would ask for the next
            requestLayout();
        }
        if (!animating && model.animating(System.nanoTime()) && getScene() != null) {
            animating = true;
            animation.start();
        }
    }

    @Override
    protected void layoutChildren() {
        painting = true;
        try {
            layout(snapSizeX(getWidth()), snapSizeY(getHeight()));
        } finally {
            painting = false;
        }
    }

    private void layout(double width, double height) {
        double room = Math.max(0, width - OverviewBar.WIDTH);
        canvas.setWidth(width);
        canvas.setHeight(height);
        overview.resizeRelocate(room, HexGeometry.HEADER, OverviewBar.WIDTH, Math.max(0, height - HexGeometry.HEADER));
        model.resized(
                HexGeometry.fitting(room, model.unitProperty().get(), model.size(), charWidth),
                HexGeometry.wholeRows(height));
        paint(width, height);
        overview.paint(colors);
    }

    private void paint(double width, double height) {
        model.prepare(HexGeometry.wholeRows(height) + 2);
        painter.paint(
                canvas.getGraphicsContext2D(),
                colors,
                new HexPainter.Frame(width, height, isFocused(), isFocusVisible(), input.hover(), System.nanoTime()));
    }

    /// About 20 frames a second while something fades, none otherwise.
    private void animate(long now) {
        if (now - lastFrame < 50_000_000L) {
            return;
        }
        lastFrame = now;
        requestLayout();
        if (!model.animating(System.nanoTime())) {
            stopAnimation();
        }
    }

    private void stopAnimation() {
        animating = false;
        animation.stop();
    }

    @Override
    protected double computePrefWidth(double height) {
        return new HexGeometry(16, model.unitProperty().get(), 8, charWidth).width() + OverviewBar.WIDTH;
    }

    @Override
    protected double computePrefHeight(double width) {
        return HexGeometry.TOP + 16 * HexGeometry.LINE;
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT
                ? access().cursorText()
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
