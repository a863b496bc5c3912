package dev.wasmscope.engine.redis.wasm;

import java.util.List;
import java.util.Optional;

/// One of the instances that a [Verification] drives with the same events.
interface Twin extends AutoCloseable {
    /// What it runs on, for messages.
    String runtime();

    /// Begins to replay; [#replayed] waits for the end.
    void replay(List<Event> events);

    Replayed replayed();

    /// Remembers the state, to come back to it with [#restore].
    void save();

    /// To what [#save] remembered last.
    void restore();

    /// SHA-256 of the memory, in hexadecimal.
    String memoryHash();

    /// Another seed for the random numbers from here on.
    void seed(long seed);

    @Override
    void close();

    /// What came of events.
    ///
    /// @param outcomes of those that were done, to be compared with [Event#recorded]
    /// @param failure of the one after them, a sentence; empty where all were done
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Replayed(int[] outcomes, Optional<String> failure) {}
}
