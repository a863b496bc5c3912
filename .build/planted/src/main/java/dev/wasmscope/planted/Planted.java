package dev.wasmscope.planted;

import org.jspecify.annotations.Nullable;

/// One mistake for each check that could silently do nothing.
final class Planted {
    private Planted() {}

    /// For NullAway: null where the package says there is none.
    static String nothing() {
        return null;
    }

    /// For NullAway in JSpecify mode: the content may be null.
    static int length(Box<@Nullable String> box) {
        return box.content().length();
    }

    interface Box<T extends @Nullable Object> {
        T content();
    }

    /// For Error Prone: made, never thrown.
    static void forgotten() {
        new IllegalStateException("nobody sees this");
    }
}
