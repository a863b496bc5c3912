package dev.wasmscope.engine.transport;

/// How much an [EventLoop] keeps for its clients.
///
/// @param pauseAt bytes of output that wait for a client from which on nothing more is read from it
/// @param cutOffAt bytes of output at which a client is cut off
/// @param total bytes of output of all clients together at which the one that fills it is cut off
/// @param request bytes that a handler may leave for later
public record OutputLimits(long pauseAt, long cutOffAt, long total, int request) {
    /// Enough for a value of 64 MiB both ways.
    public static final OutputLimits DEFAULT = new OutputLimits(1 << 20, 128L << 20, 256L << 20, 64 << 20);

    public OutputLimits {
        if (pauseAt < 1 || cutOffAt < pauseAt || total < cutOffAt || request < 1) {
            throw new IllegalArgumentException(
                    "Limits must grow: pause at %d, cut off at %d, %d in all; requests of %d bytes."
                            .formatted(pauseAt, cutOffAt, total, request));
        }
    }
}
