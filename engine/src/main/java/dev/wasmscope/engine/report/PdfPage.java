package dev.wasmscope.engine.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextForcedDrawer;
import dev.wasmscope.engine.spi.Chart;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// A chart as the one page of a PDF.
final class PdfPage {
    private PdfPage() {}

    static byte[] of(Chart chart, Rectangle2D area, String title) {
        try (var document = new PDDocument();
                var fonts = new PdfBoxGraphics2DFontTextForcedDrawer();
                var font = ChartFont.open()) {
            document.getDocumentInformation().setTitle(title);
            fonts.registerFont(ChartFont.of(1).getFontName(), PDType0Font.load(document, font));
            var page = new PDPage(new PDRectangle((float) area.getWidth(), (float) area.getHeight()));
            document.addPage(page);
            var graphics = new PdfBoxGraphics2D(document, page.getMediaBox());
            graphics.setFontTextDrawer(fonts);
            chart.draw(graphics, area);
            graphics.dispose();
            try (var contents = new PDPageContentStream(document, page)) {
                contents.drawForm(graphics.getXFormObject());
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("The PDF could not be made", e);
        }
    }
}
