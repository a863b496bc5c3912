package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.wasm.RedisWork;
import dev.wasmscope.engine.resp.RespValue;
import java.util.Optional;

/// One thing in the console's output.
sealed interface ConsoleEntry {
    /// A line as it was entered.
    record Entered(String prompt, String line) implements ConsoleEntry {}

    /// @param protocol 2 or 3, for the raw view
    /// @param work what it took in the guest, where that can be seen
    record Reply(RespValue value, long nanos, int protocol, Optional<RedisWork> work) implements ConsoleEntry {}

    /// What the server sent by itself.
    record Pushed(RespValue.Push push, int protocol) implements ConsoleEntry {}

    /// What the console has to say: connected, cancelled.
    record Note(String text) implements ConsoleEntry {}

    /// @param sentence with what to do next
    record Failed(String sentence) implements ConsoleEntry {}
}
