package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Opens sessions in a child process: one for all of them, so that they can be linked. It is started with the first
/// session, and again when it has died.
public final class ChildSessions implements AutoCloseable {
    private final Starter starter;
    private @Nullable ChildProcess current;
    private boolean closed;

    /// Starts a process whose main runs a [ChildHost] on its standard streams.
    @FunctionalInterface
    public interface Starter {
        Process start() throws IOException;
    }

    public ChildSessions(Starter starter) {
        this.starter = starter;
    }

    /// Returns at once.
    ///
    /// @param id of the session, unique in this process
    /// @return fails with [SessionException]
    public CompletableFuture<Session> open(String id, SessionRequest request) {
        var answer = new CompletableFuture<Session>();
        Thread.ofVirtual().name(id + " opening").start(() -> {
            try {
                var _ = process().open(id, request).whenComplete((session, failure) -> {
                    if (session != null) {
                        answer.complete(session);
                    } else if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (SessionException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private synchronized ChildProcess process() {
        if (closed) {
            throw new SessionException("Sessions can no longer be opened: the program is closing.");
        }
        var present = current;
        if (present != null && present.isAlive()) {
            return present;
        }
        try {
            var started = new ChildProcess(starter.start());
            current = started;
            return started;
        } catch (IOException e) {
            throw new SessionException(
                    "The process for the session could not be started: %s. Open the module in this process instead."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.close();
        }
    }
}
