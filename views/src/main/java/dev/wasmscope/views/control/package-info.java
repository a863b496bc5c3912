/// What all tools share: the look (stylesheet, fonts, icons, colours) and small controls.
@NullMarked
package dev.wasmscope.views.control;

import org.jspecify.annotations.NullMarked;
