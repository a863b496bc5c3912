/// Lessons: text with steps that work the real tools.
@NullMarked
package dev.wasmscope.views.lessons;

import org.jspecify.annotations.NullMarked;
