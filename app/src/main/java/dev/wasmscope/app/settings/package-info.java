/// What the user chose, kept between starts.
@NullMarked
package dev.wasmscope.app.settings;

import org.jspecify.annotations.NullMarked;
