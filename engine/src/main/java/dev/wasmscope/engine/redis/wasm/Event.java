package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// One input of Redis in Wasm. The same ones in the same order lead to the same replies and the same memory.
///
/// An `outcome` is what came of it when it was recorded: 32 bits over the replies ([RedisInstance#outcome]).
sealed interface Event {
    /// What came of it when it was recorded; empty where nothing does.
    default OptionalInt recorded() {
        return switch (this) {
            case Connected(int client) -> OptionalInt.of(client);
            case Disconnected(int _, int outcome) -> OptionalInt.of(outcome);
            case Received(int _, ByteBuffer _, int outcome) -> OptionalInt.of(outcome);
            case Writable(int _, boolean _, int outcome) -> OptionalInt.of(outcome);
            case Ticked(int outcome) -> OptionalInt.of(outcome);
            case FilePut(String _, ByteBuffer _, int outcome) -> OptionalInt.of(outcome);
            case FileDeleted(String _, int outcome) -> OptionalInt.of(outcome);
            case ClockSet _, SeedSet _, FileRead _, Mailed _, Trapped _ -> OptionalInt.empty();
        };
    }

    /// @param client the id that Redis gave; 0: refused
    record Connected(int client) implements Event {}

    record Disconnected(int client, int outcome) implements Event {}

    record Received(int client, ByteBuffer bytes, int outcome) implements Event {}

    /// A client began or ceased to take what is sent to it.
    record Writable(int client, boolean writable, int outcome) implements Event {}

    record Ticked(int outcome) implements Event {}

    record ClockSet(long micros) implements Event {}

    record SeedSet(long seed) implements Event {}

    /// @param outcome 0, or an errno
    record FilePut(String name, ByteBuffer bytes, int outcome) implements Event {}

    record FileDeleted(String name, int outcome) implements Event {}

    /// What came for the call that follows while it lasted, as records of the mailbox with the looks they were taken
    /// at.
    record Mailed(ByteBuffer records) implements Event {}

    /// Changes no data, but the guest's heap.
    record FileRead(String name) implements Event {}

    /// A trap or a deadline: without effect, so that it is not repeated.
    ///
    /// @param client of the request; empty where no request was at fault
    record Trapped(Optional<Integer> client, ByteBuffer bytes, String reason) implements Event {}
}
