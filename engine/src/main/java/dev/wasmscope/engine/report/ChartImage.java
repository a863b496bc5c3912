package dev.wasmscope.engine.report;

import dev.wasmscope.engine.spi.Chart;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// A chart as the bytes of an image file.
///
/// @param width in pixels, or in user units of an SVG; 100 to 20000, as the height
public record ChartImage(Chart chart, int width, int height) {
    private static final int SMALLEST = 100;
    private static final int LARGEST = 20_000;
    private static final long MOST_PIXELS = 200_000_000;

    public ChartImage {
        if (width < SMALLEST || height < SMALLEST || width > LARGEST || height > LARGEST) {
            throw new IllegalArgumentException(
                    "A chart is " + SMALLEST + " to " + LARGEST + " wide and high, not " + width + " x " + height);
        }
    }

    /// @param scale pixels a unit: 2 for print and dense screens
    public byte[] png(double scale) {
        double pixels = (double) width * height * scale * scale;
        if (!(scale > 0) || pixels > MOST_PIXELS || pixels < 1) {
            throw new IllegalArgumentException("A picture of " + width + " x " + height + " at scale " + scale
                    + " is too large or too small; take a scale from 0.1 to 4");
        }
        var image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.scale(scale, scale);
        chart.draw(graphics, area());
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// With text as text, so that it can be searched and set in the reader's fonts.
    public byte[] svg() {
        var graphics = new SVGGraphics2D(newDocument());
        graphics.setSVGCanvasSize(new java.awt.Dimension(width, height));
        chart.draw(graphics, area());
        var bytes = new ByteArrayOutputStream();
        try (var out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            var root = graphics.getRoot();
            nameFonts(root);
            graphics.stream(root, out, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// One page of the chart's size, its fonts embedded, its text as text.
    ///
    /// @param title of the document
    public byte[] pdf(String title) {
        return PdfPage.of(chart, area(), title);
    }

    /// Where our font is not installed Java measures with another one, but the file still asks for ours first.
    private static void nameFonts(Element element) {
        if (element.hasAttribute("font-family")) {
            element.setAttribute("font-family", ChartFont.FAMILY + ", sans-serif");
        }
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                nameFonts(inner);
            }
        }
    }

    private static Document newDocument() {
        try {
            var document =
                    DocumentBuilderFactory.newNSInstance().newDocumentBuilder().newDocument();
            document.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
            return document;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This Java has no XML", e);
        }
    }

    private Rectangle2D area() {
        return new Rectangle2D.Double(0, 0, width, height);
    }
}
