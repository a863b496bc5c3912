package dev.wasmscope.engine.transport.shm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which way a command goes that a server may or may not take over shared memory, and what it does to the commands
/// behind it.
///
/// @param taken names in lower case; empty when the server takes all there are
record CommandRoutes(Optional<Set<String>> taken) {
    static final CommandRoutes ALL = new CommandRoutes(Optional.empty());

    /// Of the `commands` in an offer.
    static CommandRoutes of(String commands) {
        return new CommandRoutes(Optional.of(Set.copyOf(List.of(commands.strip().split("\\s+")))));
    }

    enum Route {
        /// Through shared memory, and nothing else to it.
        PLAIN,
        /// The three of a transaction, wherever that is.
        MULTI,
        EXEC,
        DISCARD,
        /// Over the socket.
        SOCKET,
        WATCH,
        UNWATCH,
        /// Over the socket; the ring has to follow the database or the user.
        SESSION,
        /// As SESSION, and its answer tells the protocol.
        HELLO,
        RESET,
        /// Over the socket, and so is everything behind it: from here on replies can no longer be counted.
        STREAM
    }

    /// @param name in any case
    /// @param second the word behind it; empty for none
    Route route(String name, String second) {
        var lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "multi" -> Route.MULTI;
            case "exec" -> Route.EXEC;
            case "discard" -> Route.DISCARD;
            case "watch" -> Route.WATCH;
            case "unwatch" -> Route.UNWATCH;
            case "auth", "select" -> Route.SESSION;
            case "hello" -> Route.HELLO;
            case "reset" -> Route.RESET;
            case "subscribe", "psubscribe", "ssubscribe", "monitor", "sync", "psync" -> Route.STREAM;
            case "client" -> changesReplies(second) ? Route.STREAM : Route.SOCKET;
            default -> taken.isEmpty() || taken.get().contains(lower) ? Route.PLAIN : Route.SOCKET;
        };
    }

    /// CLIENT REPLY leaves some out, CLIENT TRACKING brings some that nobody asked for.
    private static boolean changesReplies(String subcommand) {
        return subcommand.equalsIgnoreCase("reply") || subcommand.equalsIgnoreCase("tracking");
    }
}
