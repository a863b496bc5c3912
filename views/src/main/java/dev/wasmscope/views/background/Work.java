package dev.wasmscope.views.background;

/// Work that may wait or take long. It is cancelled by an interrupt.
@FunctionalInterface
public interface Work<T> {
    T run(Progress progress) throws Exception;

    /// Callable from any thread, as often as one likes.
    interface Progress {
        /// @param fraction 0 to 1, or below 0 where it is not known
        void at(double fraction, String step);
    }
}
