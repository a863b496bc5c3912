package dev.wasmscope.views.spi;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// A short fact in the status bar: an icon and a text that leads to a tool.
///
/// @param icon made anew each time it is asked for
/// @param text hidden while empty
/// @param tip what the fact means, as a tool tip
/// @param action when it is clicked
public record StatusItem(String id, Supplier<Node> icon, ObservableValue<String> text, String tip, Runnable action) {}
