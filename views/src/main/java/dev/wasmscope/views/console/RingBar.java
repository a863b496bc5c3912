package dev.wasmscope.views.console;

import dev.wasmscope.engine.spi.RingPositions;
import javafx.scene.layout.Region;

/// One ring laid flat: what waits in it, from the reader's position to the writer's, and where the writer is.
final class RingBar extends Region {
    private static final double MARK = 3;

    private final Region first = new Region();
    private final Region second = new Region();
    private final Region mark = new Region();
    private RingPositions.Ring ring = new RingPositions.Ring(0, 0, 1, false);

    RingBar() {
        getStyleClass().add("ring-bar");
        first.getStyleClass().add("ring-fill");
        second.getStyleClass().add("ring-fill");
        mark.getStyleClass().add("ring-mark");
        getChildren().addAll(first, second, mark);
    }

    void show(RingPositions.Ring now) {
        ring = now;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        var width = snappedLeftInset() + getWidth() - snappedRightInset();
        var from = at(ring.head(), width);
        var to = at(ring.tail(), width);
        var wraps = ring.filled() > 0 && to <= from;
        place(first, from, ring.filled() == 0 ? from : wraps ? width : to);
        place(second, 0, wraps ? to : 0);
        mark.resizeRelocate(Math.min(to, width - MARK), 0, MARK, getHeight());
    }

    private double at(long position, double width) {
        return width * (double) (position & (ring.capacity() - 1)) / ring.capacity();
    }

    private void place(Region part, double from, double to) {
        part.resizeRelocate(from, 0, Math.max(0, to - from), getHeight());
    }
}
