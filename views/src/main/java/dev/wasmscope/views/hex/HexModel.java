package dev.wasmscope.views.hex;

import dev.wasmscope.views.hex.HexGeometry.Column;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What a hex view shows: which bytes, from which row, with which cursor. Knows no toolkit; UI thread only.
final class HexModel {
    /// How long a place that was gone to lights up.
    static final long FLASH_NANOS = 1_200_000_000L;

    private final Executor ui;
    private Runnable repaint = () -> {};
    private final ChangeMarks marks = new ChangeMarks();
    private final ReadOnlyObjectWrapper<Selection> selection = new ReadOnlyObjectWrapper<>(Selection.at(0));
    private final ReadOnlyLongWrapper size = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper topRow = new ReadOnlyLongWrapper();
    private final ObjectProperty<HexUnit> unit = new SimpleObjectProperty<>(HexUnit.U8);
    private final ObjectProperty<Column> column = new SimpleObjectProperty<>(Column.HEX);
    private final ReadOnlyObjectWrapper<byte[]> atCursor = new ReadOnlyObjectWrapper<>(new byte[0]);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty still = new SimpleBooleanProperty();
    private ByteSource source = ByteSource.EMPTY;
    private PageCache cache;
    private HexGeometry geometry = new HexGeometry(16, HexUnit.U8, 8, 7);
    private int rows = 1;
    private @Nullable ByteRange flash;
    private long flashedAt;
    private final HexTyping typing;

    /// @param ui runs on the UI thread, later
    HexModel(Executor ui) {
        this.ui = ui;
        cache = newCache();
        still.subscribe(noFading -> {
            marks.setStill(noFading);
            repaint();
        });
        typing = new HexTyping(this);
    }

    /// Called whenever what is drawn may have changed.
    void setRepaint(Runnable action) {
        repaint = action;
    }

    void repaint() {
        repaint.run();
    }

    private PageCache newCache() {
        return new PageCache(source, ui, new PageCache.Listener() {
            @Override
            public void arrived() {
                repaint();
            }

            @Override
            public void changed(long address, byte[] before, byte[] after) {
                if (cache.live()) {
                    marks.live(address, before, after, System.nanoTime());
                }
            }
        });
    }

    ReadOnlyObjectProperty<Selection> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    Selection selection() {
        return selection.get();
    }

    ReadOnlyLongProperty sizeProperty() {
        return size.getReadOnlyProperty();
    }

    long size() {
        return size.get();
    }

    ReadOnlyLongProperty topRowProperty() {
        return topRow.getReadOnlyProperty();
    }

    long topRow() {
        return topRow.get();
    }

    ObjectProperty<HexUnit> unitProperty() {
        return unit;
    }

    ObjectProperty<Column> columnProperty() {
        return column;
    }

    BooleanProperty stillProperty() {
        return still;
    }

    /// The bytes from the start of the selection on that have been read, at most [Inspector#WINDOW].
    ReadOnlyObjectProperty<byte[]> atCursorProperty() {
        return atCursor.getReadOnlyProperty();
    }

    /// Why bytes could not be read, copied or written, as a sentence; empty when all is well.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    void report(String sentence) {
        problem.set(sentence);
    }

    /// What is typed at the cursor.
    HexTyping typing() {
        return typing;
    }

    ChangeMarks marks() {
        return marks;
    }

    PageCache cache() {
        return cache;
    }

    HexGeometry geometry() {
        return geometry;
    }

    ByteSource source() {
        return source;
    }

    /// Shows other bytes from their beginning.
    void setSource(ByteSource bytes) {
        cache.close();
        source = bytes;
        cache = newCache();
        marks.clear();
        flash = null;
        problem.set("");
        size.set(bytes.size());
        topRow.set(0);
        selection.set(Selection.at(0));
        repaint();
    }

    /// The bytes may be others now, or more or fewer: they are read again while the old ones stay on the screen.
    void refresh() {
        size.set(source.size());
        selection.set(selection.get().within(size.get()));
        scrollTo(topRow.get());
        cache.refresh();
        repaint();
    }

    /// @param ranges what the latest step changed
    void mark(List<ByteRange> ranges) {
        marks.step(ranges, System.nanoTime());
        repaint();
    }

    /// @param wholeRows that fit on the canvas
    void resized(HexGeometry fitting, int wholeRows) {
        rows = wholeRows;
        if (!fitting.equals(geometry)) {
            long first = topRow.get() * geometry.bytesPerRow();
            geometry = fitting;
            topRow.set(first / fitting.bytesPerRow());
        }
        scrollTo(topRow.get());
    }

    int rows() {
        return rows;
    }

    long lastTopRow() {
        return Math.max(0, geometry.rows(size.get()) - rows);
    }

    void scrollTo(long row) {
        topRow.set(Math.clamp(row, 0, lastTopRow()));
        repaint();
    }

    void scrollBy(long count) {
        scrollTo(topRow.get() + count);
    }

    /// Moves the cursor, keeping it within the bytes, and scrolls as little as needed.
    void moveTo(long address, boolean extend) {
        if (size.get() == 0) {
            return;
        }
        selection.set(selection.get().movedTo(Math.clamp(address, 0, size.get() - 1), extend));
        reveal(selection.get().cursor());
        repaint();
    }

    void moveBy(long bytes, boolean extend) {
        long target = selection.get().cursor() + bytes;
        // A whole row up from the first row stays where it is, as an editor's cursor does.
        if (Math.abs(bytes) > 1 && (target < 0 || target >= size.get())) {
            long rowsAway = bytes / geometry.bytesPerRow();
            long inRow = selection.get().cursor() % geometry.bytesPerRow();
            target = Math.abs(rowsAway) == 1 ? selection.get().cursor() : bytes < 0 ? inRow : size.get() - 1;
        }
        moveTo(target, extend);
    }

    void pageBy(int pages, boolean extend) {
        long bytes = (long) pages * rows * geometry.bytesPerRow();
        scrollBy((long) pages * rows);
        moveBy(bytes, extend);
    }

    void rowStart(boolean extend) {
        long cursor = selection.get().cursor();
        moveTo(cursor - cursor % geometry.bytesPerRow(), extend);
    }

    void rowEnd(boolean extend) {
        long cursor = selection.get().cursor();
        moveTo(cursor - cursor % geometry.bytesPerRow() + geometry.bytesPerRow() - 1, extend);
    }

    void selectAll() {
        if (size.get() > 0) {
            selection.set(new Selection(0, size.get() - 1));
            repaint();
        }
    }

    /// Selects a place, brings it into the middle of the view if it is outside, and lights it up.
    ///
    /// @throws IndexOutOfBoundsException when the place is not within the bytes
    void show(long address, long length) {
        if (address < 0 || address >= size.get() || length < 0 || length > size.get() - address) {
            throw new IndexOutOfBoundsException("There is no byte at %s: the last one is at %s."
                    .formatted(Hex.of(address + Math.max(0, length - 1)), Hex.of(Math.max(0, size.get() - 1))));
        }
        selection.set(Selection.of(address, length));
        long row = address / geometry.bytesPerRow();
        if (row < topRow.get() || row >= topRow.get() + rows) {
            scrollTo(row - Math.min(rows / 3, 4));
        }
        flash = new ByteRange(address, Math.max(length, 1));
        flashedAt = System.nanoTime();
        repaint();
    }

    void reveal(long address) {
        long row = address / geometry.bytesPerRow();
        if (row < topRow.get()) {
            scrollTo(row);
        } else if (row >= topRow.get() + rows) {
            scrollTo(row - rows + 1);
        }
    }

    /// 1 (just gone to) to 0 (no longer lit).
    double flashOf(long address, long now) {
        var lit = flash;
        if (lit == null || address < lit.address() || address >= lit.end()) {
            return 0;
        }
        long age = now - flashedAt;
        return age >= FLASH_NANOS ? 0 : still.get() ? 1 : 1 - (double) age / FLASH_NANOS;
    }

    /// Whether what is drawn changes with time alone.
    boolean animating(long now) {
        return (flash != null && now - flashedAt < FLASH_NANOS) || marks.fading(now);
    }

    /// Asks for the bytes that a frame needs and takes note of what has come.
    ///
    /// @param rowsOnScreen also those that are cut off
    void prepare(int rowsOnScreen) {
        long from = topRow.get() * geometry.bytesPerRow();
        cache.want(from, (long) rowsOnScreen * geometry.bytesPerRow());
        cache.want(selection.get().start(), Inspector.WINDOW);
        var unreadable = cache.problem();
        if (unreadable != null) {
            problem.set(unreadable);
        }
        var now = known(selection.get().start());
        if (!Arrays.equals(now, atCursor.get())) {
            atCursor.set(now);
        }
    }

    private byte[] known(long address) {
        var bytes = new byte[Math.clamp(size.get() - address, 0, Inspector.WINDOW)];
        for (int i = 0; i < bytes.length; i++) {
            int value = cache.at(address + i);
            if (value < 0) {
                return Arrays.copyOf(bytes, i);
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /// Copies bytes for the clipboard or an inspector; answers on the UI thread.
    void read(long address, int length, BiConsumer<ByteSource.@Nullable Bytes, @Nullable Throwable> then) {
        var _ = source.read(address, length)
                .whenComplete((bytes, failure) -> ui.execute(() -> then.accept(bytes, failure)));
    }

    void select(Selection wanted) {
        if (size.get() > 0) {
            selection.set(wanted.within(size.get()));
            repaint();
        }
    }
}
