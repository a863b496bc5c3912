package dev.wasmscope.views.background;

import java.util.concurrent.Future;

/// How background work ended. One value, so that a caller cannot handle success and forget failure.
public sealed interface Result<T> {
    record Ok<T>(T value) implements Result<T> {}

    /// @param cause its message is a sentence for the user where the engine threw it
    record Failed<T>(Throwable cause) implements Result<T> {}

    record Cancelled<T>() implements Result<T> {}

    static <T> Result<T> of(Future<T> ended) {
        return switch (ended.state()) {
            case SUCCESS -> new Ok<>(ended.resultNow());
            case FAILED -> new Failed<>(ended.exceptionNow());
            case CANCELLED -> new Cancelled<>();
            case RUNNING -> throw new IllegalStateException("The work has not ended: " + ended);
        };
    }
}
