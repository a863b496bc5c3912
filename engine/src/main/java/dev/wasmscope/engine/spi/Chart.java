package dev.wasmscope.engine.spi;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/// A drawing that is the same in the window, in PNG, SVG and PDF.
@FunctionalInterface
public interface Chart {
    void draw(Graphics2D graphics, Rectangle2D area);
}
