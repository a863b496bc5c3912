/// The window: title bar, docking, palette, status bar, notifications. The only package that touches the platform.
@NullMarked
package dev.wasmscope.app.shell;

import org.jspecify.annotations.NullMarked;
