package dev.wasmscope.engine.spi;

/// How far two rings have come, looked at once. Positions count bytes from the beginning and never wrap.
///
/// @param requests written by the client
/// @param replies written by the server
/// @param detours commands that went over the ordinary connection instead, as this server's memory does not take them
public record RingPositions(Ring requests, Ring replies, long detours) {
    /// @param tail bytes ever written
    /// @param head bytes ever read
    /// @param capacity in bytes, a power of two
    /// @param waits whether the reading side has gone to sleep
    public record Ring(long tail, long head, int capacity, boolean waits) {
        /// Bytes that wait to be read, as far as this can be true.
        public int filled() {
            return Math.clamp(tail - head, 0, capacity);
        }
    }
}
