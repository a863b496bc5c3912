/// The protocol: values, a decoder that trusts no length, an encoder.
@NullMarked
package dev.wasmscope.engine.resp;

import org.jspecify.annotations.NullMarked;
