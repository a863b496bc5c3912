package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.spi.Transport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A server that runs.
interface Serving extends AutoCloseable {
    List<Transport> transports();

    /// What the user should know about how it started: that it came back from its journal, that it lacks something.
    default Optional<String> remark() {
        return Optional.empty();
    }

    /// Completes when it serves no more; exceptionally when that was not asked for.
    CompletionStage<Void> ended();

    @Override
    void close();
}
