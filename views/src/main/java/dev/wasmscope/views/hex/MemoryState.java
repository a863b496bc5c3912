package dev.wasmscope.views.hex;

import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.views.spi.OpenModule;
import org.jspecify.annotations.Nullable;

/// What the Memory tool can show.
sealed interface MemoryState {
    record NoModule() implements MemoryState {}

    /// The module has no session yet.
    record Starting(String module) implements MemoryState {}

    /// The module has no session and none is on its way.
    ///
    /// @param reason why, as a sentence; empty where it was closed on request or never started
    record NoSession(OpenModule module, String reason) implements MemoryState {}

    record NoMemory(String module) implements MemoryState {}

    record Shown(OpenModule module, Session session) implements MemoryState {
        /// A restarted module has another session, and other memories.
        boolean shows(@Nullable Session other) {
            return session.equals(other);
        }
    }
}
