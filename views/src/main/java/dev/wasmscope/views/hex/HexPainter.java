package dev.wasmscope.views.hex;

import dev.wasmscope.views.hex.HexGeometry.Column;
import java.util.Arrays;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;

/// Paints the rows that can be seen and nothing else, so that a frame costs the same over 64 KiB and 4 GiB.
final class HexPainter {
    /// What only the view knows about one frame.
    ///
    /// @param ring whether the focus came by keyboard and has to be seen
    /// @param hover the byte under the mouse, below 0 for none
    record Frame(double width, double height, boolean focused, boolean ring, long hover, long now) {}

    private final HexModel model;
    private final HexRow row = new HexRow();
    private Font font = Font.getDefault();

    HexPainter(HexModel model) {
        this.model = model;
    }

    void setFont(Font fixedWidth) {
        font = fixedWidth;
    }

    void paint(GraphicsContext g, HexColors colors, Frame frame) {
        var geometry = model.geometry();
        g.setFill(colors.background());
        g.fillRect(0, 0, frame.width, frame.height);
        g.setFont(font);
        g.setTextBaseline(VPos.CENTER);
        long firstRow = model.topRow();
        long rows = Math.min(geometry.rows(model.size()) - firstRow, HexGeometry.wholeRows(frame.height) + 2);
        for (long r = firstRow; r < firstRow + rows; r++) {
            row.read(model, r, frame.now);
            row(g, colors, frame, r);
        }
        header(g, colors, frame);
        g.setFill(colors.line());
        g.fillRect(Math.rint(geometry.separatorX()), HexGeometry.HEADER, 1, frame.height);
        if (frame.ring) {
            g.setStroke(colors.accent());
            g.setLineWidth(1);
            g.strokeRect(0.5, 0.5, frame.width - 1, frame.height - 1);
        }
    }

    private void header(GraphicsContext g, HexColors colors, Frame frame) {
        var geometry = model.geometry();
        g.setFill(colors.header());
        g.fillRect(0, 0, frame.width, HexGeometry.HEADER);
        g.setFill(colors.line());
        g.fillRect(0, HexGeometry.HEADER - 1, frame.width, 1);
        g.setFill(colors.headerText());
        double y = HexGeometry.HEADER / 2;
        g.fillText("address", HexGeometry.PAD, y);
        var line = new char[geometry.columns()];
        Arrays.fill(line, ' ');
        for (int cell = 0; cell < geometry.cells(); cell++) {
            int offset = cell * geometry.unit().bytes();
            int at = geometry.cellColumn(cell) + geometry.unit().chars() - 2;
            line[at] = Character.toUpperCase(Hex.digit(offset >> 4));
            line[at + 1] = Character.toUpperCase(Hex.digit(offset));
        }
        g.fillText(new String(line), geometry.bytesX(), y);
        g.fillText("ASCII", geometry.textX(), y);
    }

    private void row(GraphicsContext g, HexColors colors, Frame frame, long index) {
        var geometry = model.geometry();
        double y = geometry.rowY(index, model.topRow());
        long start = index * geometry.bytesPerRow();
        selection(g, colors, start, y);
        marks(g, colors, y);
        flash(g, colors, frame, start, y);
        hover(g, colors, frame, start, y);
        double middle = y + HexGeometry.LINE / 2;
        long cursor = model.selection().cursor();
        boolean cursorRow = cursor >= start && cursor < start + geometry.bytesPerRow();
        g.setFill(cursorRow ? colors.accent() : colors.address());
        g.fillText(Hex.address(start, geometry.addressDigits()), HexGeometry.PAD, middle);
        text(g, colors, middle);
        if (cursorRow) {
            cursor(g, colors, frame, (int) (cursor - start), y);
        }
    }

    private void text(GraphicsContext g, HexColors colors, double middle) {
        double x = model.geometry().bytesX();
        double textX = model.geometry().textX();
        g.setFill(colors.dim());
        if (row.anyDim()) {
            g.fillText(row.dimText(), x, middle);
        }
        if (row.anyDots()) {
            g.fillText(row.dots(), textX, middle);
        }
        g.setFill(colors.text());
        if (row.anyBright()) {
            g.fillText(row.brightText(), x, middle);
        }
        if (row.anyPrintable()) {
            g.fillText(row.printable(), textX, middle);
        }
    }

    private void marks(GraphicsContext g, HexColors colors, double y) {
        var geometry = model.geometry();
        for (int i = 0; i < row.length(); i++) {
            double heat = row.heat(i);
            if (heat > 0) {
                g.setFill(colors.changed(heat));
                g.fillRoundRect(geometry.byteX(i) - 2, y + 2, geometry.byteWidth() + 4, HexGeometry.LINE - 4, 4, 4);
                g.fillRect(
                        geometry.textX() + i * geometry.charWidth(), y + 2, geometry.charWidth(), HexGeometry.LINE - 4);
            }
        }
    }

    private void selection(GraphicsContext g, HexColors colors, long start, double y) {
        var selection = model.selection();
        int from = Math.clamp(selection.start() - start, 0, row.length());
        int to = Math.clamp(selection.end() - start, 0, row.length());
        if (selection.length() < 2 || from >= to) {
            return;
        }
        g.setFill(colors.selection());
        runs(from, to, (x, width) -> g.fillRoundRect(x - 3, y + 1, width + 6, HexGeometry.LINE - 2, 5, 5));
        var geometry = model.geometry();
        double textX = geometry.textX() + from * geometry.charWidth();
        g.fillRoundRect(textX - 2, y + 1, (to - from) * geometry.charWidth() + 4, HexGeometry.LINE - 2, 5, 5);
    }

    private interface Run {
        void paint(double x, double width);
    }

    /// Whole numbers as one run, bytes of a number that is selected in part one by one.
    private void runs(int from, int to, Run run) {
        var geometry = model.geometry();
        int size = geometry.unit().bytes();
        int firstWhole = (from + size - 1) / size;
        int afterWhole = to / size;
        if (firstWhole < afterWhole) {
            double x = geometry.bytesX() + geometry.cellColumn(firstWhole) * geometry.charWidth();
            int columns =
                    geometry.cellColumn(afterWhole - 1) + geometry.unit().chars() - geometry.cellColumn(firstWhole);
            run.paint(x, columns * geometry.charWidth());
        }
        for (int i = from; i < to; i++) {
            if (i < firstWhole * size || i >= Math.max(afterWhole, firstWhole) * size) {
                run.paint(geometry.byteX(i), geometry.byteWidth());
            }
        }
    }

    private void flash(GraphicsContext g, HexColors colors, Frame frame, long start, double y) {
        var geometry = model.geometry();
        for (int i = 0; i < row.length(); i++) {
            double lit = model.flashOf(start + i, frame.now);
            if (lit > 0) {
                g.setFill(HexColors.faded(colors.accent(), 0.55 * lit));
                g.fillRect(geometry.byteX(i) - 3, y + 1, geometry.byteWidth() + 6, HexGeometry.LINE - 2);
            }
        }
    }

    private void hover(GraphicsContext g, HexColors colors, Frame frame, long start, double y) {
        long i = frame.hover - start;
        if (frame.hover < 0 || i < 0 || i >= row.length()) {
            return;
        }
        var geometry = model.geometry();
        g.setFill(colors.hover());
        g.fillRoundRect(geometry.byteX((int) i) - 3, y + 1, geometry.byteWidth() + 6, HexGeometry.LINE - 2, 5, 5);
        g.fillRect(
                geometry.textX() + (int) i * geometry.charWidth(), y + 1, geometry.charWidth(), HexGeometry.LINE - 2);
    }

    private void cursor(GraphicsContext g, HexColors colors, Frame frame, int i, double y) {
        var geometry = model.geometry();
        boolean inText = model.columnProperty().get() == Column.TEXT;
        double hexX = Math.rint(geometry.byteX(i)) - 2.5;
        double hexWidth = Math.rint(geometry.byteWidth()) + 5;
        double textX = Math.rint(geometry.textX() + i * geometry.charWidth()) - 0.5;
        double textWidth = Math.rint(geometry.charWidth()) + 1;
        double height = HexGeometry.LINE - 3;
        var strong = frame.focused ? colors.accent() : colors.address();
        var weak = HexColors.faded(strong, 0.45);
        g.setLineWidth(1);
        g.setStroke(inText ? weak : strong);
        g.strokeRoundRect(hexX, y + 1.5, hexWidth, height, 5, 5);
        g.setStroke(inText ? strong : weak);
        g.strokeRoundRect(textX, y + 1.5, textWidth, height, 4, 4);
    }
}
