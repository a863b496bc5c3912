package dev.wasmscope.engine.redis;

import java.util.Optional;

/// What a server says of itself.
///
/// @param name `redis`, `valkey`
/// @param version empty where it does not tell
/// @param protocol 2 or 3, as agreed
public record ServerFacts(String name, Optional<RedisVersion> version, int protocol) {}
