package dev.wasmscope.plugins.kafka;

import java.io.IOException;
import java.nio.file.Path;

/// A Kafka broker of one's own, for demonstrations and tests.
public interface Broker extends AutoCloseable {
    String bootstrapServers();

    @Override
    void close();

    /// Starts brokers; what does is found beside the plugin.
    interface Launcher {
        /// @param folder for its data; what it holds already is served again
        /// @param port on the loopback interface; 0 takes a free one
        /// @throws IOException with a sentence
        Broker start(Path folder, int port) throws IOException;
    }
}
