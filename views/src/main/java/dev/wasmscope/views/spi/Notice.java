package dev.wasmscope.views.spi;

import java.util.Optional;

/// A message to the user: a sentence with the values in it and, where there is one, what to do next.
///
/// @param action something the user can do about it, shown as a button
public record Notice(Level level, String text, Optional<Command> action) {
    public enum Level {
        INFO,
        SUCCESS,
        WARNING,
        ERROR
    }

    public static Notice info(String text) {
        return new Notice(Level.INFO, text, Optional.empty());
    }

    public static Notice error(String text) {
        return new Notice(Level.ERROR, text, Optional.empty());
    }
}
