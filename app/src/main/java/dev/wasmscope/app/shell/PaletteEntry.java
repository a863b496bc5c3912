package dev.wasmscope.app.shell;

import java.util.function.Supplier;
import javafx.scene.Node;

/// One thing the command palette can lead to.
///
/// @param title what is matched against
/// @param detail where it is: a menu, a module
/// @param key its shortcut, or empty
record PaletteEntry(String title, String detail, String key, Supplier<Node> icon, Runnable action) {}
