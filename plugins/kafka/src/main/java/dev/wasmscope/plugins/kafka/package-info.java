/// A Kafka consumer that hands every task to a Wasm processor, by Decaton's contract.
@NullMarked
package dev.wasmscope.plugins.kafka;

import org.jspecify.annotations.NullMarked;
