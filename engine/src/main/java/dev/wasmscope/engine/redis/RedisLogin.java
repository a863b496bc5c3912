package dev.wasmscope.engine.redis;

import java.time.Duration;
import java.util.Optional;

/// What a client says when it comes in.
///
/// @param user of an ACL; empty for the default one
/// @param password empty where the server asks for none
/// @param database 0 to 15 by default; the server knows how many there are
/// @param timeout of connecting and of each answer on the way in
public record RedisLogin(Optional<String> user, Optional<String> password, int database, Duration timeout) {
    /// No password, database 0, five seconds.
    public static final RedisLogin NONE = new RedisLogin(Optional.empty(), Optional.empty(), 0, Duration.ofSeconds(5));

    public RedisLogin {
        if (database < 0) {
            throw new IllegalArgumentException("Database %d is below 0.".formatted(database));
        }
        if (user.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("User %s has no password; give one, or no user.".formatted(user.get()));
        }
    }

    /// Whatever prints a login must not print a password.
    @Override
    public String toString() {
        return "RedisLogin[user=%s, database=%d]".formatted(user.orElse("default"), database);
    }
}
