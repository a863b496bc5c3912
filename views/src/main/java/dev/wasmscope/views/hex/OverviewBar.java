package dev.wasmscope.views.hex;

import java.util.List;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// The scroll bar of a hex view: 64 bits wide, and a small map of where bytes changed.
final class OverviewBar extends Region {
    static final double WIDTH = 14;
    private static final double LEAST_THUMB = 24;
    private static final int WASM_PAGE = 65_536;

    private final HexModel model;
    private final Canvas canvas = new Canvas();
    private double grabbedAt;

    OverviewBar(HexModel model) {
        this.model = model;
        getChildren().add(canvas);
        getStyleClass().add("hex-overview");
        setCursor(Cursor.DEFAULT);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, e -> {
            dragTo(e.getY() - grabbedAt);
            e.consume();
        });
    }

    private void pressed(MouseEvent e) {
        double top = thumbTop();
        double height = thumbHeight();
        // Beside the thumb the click goes there: its middle jumps under the mouse.
        grabbedAt = e.getY() >= top && e.getY() < top + height ? e.getY() - top : height / 2;
        dragTo(e.getY() - grabbedAt);
        e.consume();
    }

    private void dragTo(double top) {
        double room = getHeight() - thumbHeight();
        model.scrollTo(room <= 0 ? 0 : Math.round(Math.clamp(top / room, 0.0, 1.0) * (double) model.lastTopRow()));
    }

    double thumbHeight() {
        long rows = Math.max(1, model.geometry().rows(model.size()));
        return Math.min(getHeight(), Math.max(LEAST_THUMB, getHeight() * model.rows() / (double) rows));
    }

    double thumbTop() {
        long last = model.lastTopRow();
        return last == 0 ? 0 : (getHeight() - thumbHeight()) * ((double) model.topRow() / (double) last);
    }

    void paint(HexColors colors) {
        double height = getHeight();
        canvas.setWidth(WIDTH);
        canvas.setHeight(height);
        var g = canvas.getGraphicsContext2D();
        g.setFill(colors.header());
        g.fillRect(0, 0, WIDTH, height);
        pages(g, colors, height);
        if (model.lastTopRow() > 0) {
            g.setFill(HexColors.faded(colors.accent(), 0.12));
            g.fillRect(0, thumbTop(), WIDTH, thumbHeight());
            g.setStroke(colors.accent());
            g.setLineWidth(1);
            g.strokeRect(0.5, Math.rint(thumbTop()) + 0.5, WIDTH - 1, Math.rint(thumbHeight()) - 1);
        }
    }

    private void pages(GraphicsContext g, HexColors colors, double height) {
        long pages = (model.size() + WASM_PAGE - 1) / WASM_PAGE;
        if (pages == 0) {
            return;
        }
        double each = height / (double) pages;
        g.setFill(colors.line());
        if (each < 4) {
            g.fillRect(4, 0, 6, height);
        } else {
            for (int i = 0; i < pages; i++) {
                g.fillRect(4, i * each + 1, 6, each - 2);
            }
        }
        g.setFill(HexColors.faded(colors.changed(), 0.9));
        marks(g, height, model.marks().newest());
    }

    /// One bar a pixel row at most, however many ranges there are.
    private void marks(GraphicsContext g, double height, List<ByteRange> ranges) {
        double scale = height / (double) Math.max(1, model.size());
        double drawnTo = -1;
        for (var range : ranges) {
            double top = Math.floor((double) range.address() * scale);
            double bottom = Math.max(top + 2, (double) range.end() * scale);
            if (bottom > drawnTo) {
                g.fillRect(4, Math.max(top, drawnTo), 6, bottom - Math.max(top, drawnTo));
                drawnTo = bottom;
            }
        }
    }
}
