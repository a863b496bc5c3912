package dev.wasmscope.views.latency;

import dev.wasmscope.engine.spi.Chart;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.function.BiFunction;
import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/// Shows a chart as Java2D paints it, into memory that JavaFX shows as it is.
///
/// A JavaFX canvas would do the same drawing twice, on the UI thread and in software on the renderer, at three times
/// the price: `docs/benchmarks.md`.
final class ChartPicture extends ImageView {
    private @Nullable BufferedImage image;
    private @Nullable PixelBuffer<IntBuffer> pixels;

    /// @param width in pixels of the view, as `height`; above 0
    /// @param scale pixels of the screen for one of the view
    /// @param draw paints and says where the data is
    Rectangle2D draw(
            double width, double height, double scale, BiFunction<java.awt.Graphics2D, Rectangle2D, Rectangle2D> draw) {
        var target = target((int) Math.ceil(width * scale), (int) Math.ceil(height * scale));
        setFitWidth(target.getWidth() / scale);
        setFitHeight(target.getHeight() / scale);
        var graphics = target.createGraphics();
        graphics.scale(scale, scale);
        var data = draw.apply(
                graphics, new Rectangle2D.Double(0, 0, target.getWidth() / scale, target.getHeight() / scale));
        graphics.dispose();
        if (pixels != null) {
            pixels.updateBuffer(_ -> null);
        }
        return data;
    }

    /// Pixels of the screen that a node is on for one of its own.
    static double scale(Node node) {
        var scene = node.getScene();
        return scene == null || scene.getWindow() == null
                ? 1
                : scene.getWindow().getOutputScaleX();
    }

    static Rectangle2D nowhere(Chart chart, java.awt.Graphics2D graphics, Rectangle2D area) {
        chart.draw(graphics, area);
        return new Rectangle2D.Double();
    }

    private BufferedImage target(int width, int height) {
        var now = image;
        if (now == null || now.getWidth() != width || now.getHeight() != height) {
            now = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
            image = now;
            var data = ((DataBufferInt) now.getRaster().getDataBuffer()).getData();
            pixels = new PixelBuffer<>(width, height, IntBuffer.wrap(data), PixelFormat.getIntArgbPreInstance());
            setImage(new WritableImage(pixels));
        }
        return now;
    }
}
