/// What is in the open modules: the tree, the tables of imports, exports and sections, and the bytes of the file.
@NullMarked
package dev.wasmscope.views.explorer;

import org.jspecify.annotations.NullMarked;
