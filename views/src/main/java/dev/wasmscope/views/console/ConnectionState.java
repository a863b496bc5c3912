package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.RedisVersion;
import dev.wasmscope.engine.redis.ServerFacts;
import java.util.Optional;

/// How the console stands with its server.
sealed interface ConnectionState {
    /// Not connected, and nobody asked for it.
    record Off() implements ConnectionState {}

    /// @param to an address, or what is being started
    record Connecting(String to) implements ConnectionState {}

    record Connected(ServerFacts server, String address) implements ConnectionState {
        Optional<RedisVersion> version() {
            return server.version();
        }
    }

    /// @param reason a sentence with what to do next
    record Lost(String reason) implements ConnectionState {}
}
