package dev.wasmscope.views.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.paint.Color;

/// What a hex view shows, as text, colours and places: a canvas has no nodes that a test or a screen reader
/// could ask. UI thread only.
public final class HexAccess {
    private final HexView view;
    private final HexModel model;
    private final OverviewBar overview;
    private final Supplier<HexColors> colors;

    HexAccess(HexView view, HexModel model, OverviewBar overview, Supplier<HexColors> colors) {
        this.view = view;
        this.model = model;
        this.overview = overview;
        this.colors = colors;
    }

    /// The rows on the screen as they are drawn: `00000400  68 65 6c ...  hel...`.
    public List<String> visibleRows() {
        var lines = new ArrayList<String>();
        long end = Math.min(model.topRow() + model.rows(), model.geometry().rows(model.size()));
        for (long r = model.topRow(); r < end; r++) {
            lines.add(line(r));
        }
        return lines;
    }

    private String line(long index) {
        var row = new HexRow();
        row.read(model, index, System.nanoTime());
        var geometry = model.geometry();
        return "%s  %s  %s"
                .formatted(
                        Hex.address(index * geometry.bytesPerRow(), geometry.addressDigits()),
                        row.hexLine(),
                        row.textLine());
    }

    /// The row that holds `address`, whether it is on the screen or not; unread bytes are dots.
    public String rowOf(long address) {
        return line(address / model.geometry().bytesPerRow());
    }

    /// The cursor's row for a screen reader: `0x400: 68 h. Row 68 65 6c 6c 6f, text hello`.
    public String cursorText() {
        if (model.size() == 0) {
            return "No bytes";
        }
        long cursor = model.selection().cursor();
        int value = model.cache().at(cursor);
        var row = new HexRow();
        row.read(model, cursor / model.geometry().bytesPerRow(), System.nanoTime());
        var shown =
                value < 0 ? "not read yet" : "%02x%s".formatted(value, Hex.printable(value) ? " " + (char) value : "");
        var length = model.selection().length();
        return "%s: %s%s. Row %s, text %s"
                .formatted(
                        Hex.of(cursor),
                        shown,
                        length > 1 ? ", " + length + " bytes selected" : "",
                        row.hexLine().strip(),
                        row.textLine().strip());
    }

    /// The byte as it is shown, or -1 while it has not been read.
    public int shownByte(long address) {
        return Math.max(-1, model.cache().at(address));
    }

    /// Whether every byte on the screen has been read.
    public boolean complete() {
        long bytes = model.geometry().bytesPerRow();
        long from = model.topRow() * bytes;
        long to = Math.min(model.size(), from + model.rows() * bytes);
        for (long i = from; i < to; i++) {
            if (model.cache().at(i) < 0) {
                return false;
            }
        }
        return true;
    }

    /// How strongly a byte is coloured as changed: 0 not at all, 1 just now.
    public double heatOf(long address) {
        var heat = new float[1];
        model.marks().heat(address, System.nanoTime(), heat);
        return heat[0];
    }

    /// The colour behind a byte.
    public Color colorBehind(long address) {
        double heat = heatOf(address);
        if (heat > 0) {
            return colors.get().changed(heat);
        }
        return model.selection().length() > 1 && model.selection().contains(address)
                ? colors.get().selection()
                : colors.get().background();
    }

    public Selection selection() {
        return model.selection();
    }

    public long firstVisible() {
        return model.topRow() * model.geometry().bytesPerRow();
    }

    public int bytesPerRow() {
        return model.geometry().bytesPerRow();
    }

    /// The middle of a byte in the hex column, in the scene; empty when it is not on the screen.
    public Optional<Point2D> pointOf(long address) {
        var geometry = model.geometry();
        int i = (int) (address % geometry.bytesPerRow());
        return point(address, geometry.byteX(i) + geometry.byteWidth() / 2);
    }

    /// The middle of a byte in the text column, in the scene; empty when it is not on the screen.
    public Optional<Point2D> textPointOf(long address) {
        var geometry = model.geometry();
        return point(
                address, geometry.textX() + ((int) (address % geometry.bytesPerRow()) + 0.5) * geometry.charWidth());
    }

    private Optional<Point2D> point(long address, double x) {
        long row = address / model.geometry().bytesPerRow();
        if (row < model.topRow() || row >= model.topRow() + model.rows() || address >= model.size()) {
            return Optional.empty();
        }
        double y = model.geometry().rowY(row, model.topRow()) + HexGeometry.LINE / 2;
        return Optional.of(view.localToScene(x, y));
    }

    /// Where the scroll bar is, in the scene.
    public Bounds scrollBar() {
        return overview.localToScene(overview.getBoundsInLocal());
    }
}
