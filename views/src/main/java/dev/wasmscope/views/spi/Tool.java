package dev.wasmscope.views.spi;

import javafx.scene.Node;

/// A dockable of the window. Built-in tools and those of plugins come through here alike.
public interface Tool {
    /// Stable: layouts are saved by it. `memory`, `console`.
    String id();

    /// For the tab and the View menu.
    String title();

    /// A new icon each time it is asked for: the tab, the activity bar and the menu each need their own node.
    Node newIcon();

    /// The contents; the same node every time, created when first asked for.
    Node node();

    /// Where it is docked until the user moves it.
    Place place();

    /// Whether [#open(Location)] can show this.
    default boolean accepts(Location location) {
        return false;
    }

    /// Shows a location. Called only when it is accepted, on the UI thread.
    default void open(Location location) {}

    /// Moves the keyboard focus to where work starts: a prompt, a list.
    default void focus() {
        node().requestFocus();
    }

    enum Place {
        LEFT,
        CENTER,
        /// Beside the center: what is looked at together with code.
        CENTER_RIGHT,
        RIGHT,
        BOTTOM_LEFT,
        BOTTOM_RIGHT
    }
}
