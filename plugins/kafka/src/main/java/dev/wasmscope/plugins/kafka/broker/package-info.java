/// A Kafka broker in this process, for demonstrations and tests. Its libraries are in a folder of their own.
@NullMarked
package dev.wasmscope.plugins.kafka.broker;

import org.jspecify.annotations.NullMarked;
