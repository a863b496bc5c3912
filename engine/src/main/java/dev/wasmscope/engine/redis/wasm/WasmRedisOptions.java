package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How Redis in Wasm is started.
///
/// @param arguments as on redis-server's command line: `--maxmemory`, `100mb`
/// @param seed of all random numbers
/// @param startMicros the clock at the start, microseconds since 1970
/// @param limits deadline of one call, and memory
/// @param contained true: a trap costs the request that trapped, at the price of keeping a copy of the memory and the
///     inputs since; false: a trap is the end
/// @param journal where the inputs are kept
public record WasmRedisOptions(
        List<String> arguments,
        long seed,
        long startMicros,
        Limits limits,
        MemoryKind memory,
        boolean contained,
        Optional<Journaling> journal) {
    /// 1 GiB, and 10 seconds for one call.
    public static final Limits USUAL_LIMITS = new Limits(Duration.ofSeconds(10), 16_384, 10_000);

    /// @param file created when it is not there; else what is in it is restored first
    public record Journaling(Path file, JournalPolicy policy) {}

    public WasmRedisOptions {
        arguments = List.copyOf(arguments);
        for (var argument : arguments) {
            if (argument.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("An argument of Redis cannot contain a NUL character.");
            }
        }
    }

    /// A server on plain memory, contained, without a journal.
    public static WasmRedisOptions of(long seed, long startMicros) {
        return new WasmRedisOptions(
                List.of(), seed, startMicros, USUAL_LIMITS, MemoryKind.PLAIN, true, Optional.empty());
    }

    public WasmRedisOptions withArguments(List<String> those) {
        return new WasmRedisOptions(those, seed, startMicros, limits, memory, contained, journal);
    }

    public WasmRedisOptions withLimits(Limits those) {
        return new WasmRedisOptions(arguments, seed, startMicros, those, memory, contained, journal);
    }

    public WasmRedisOptions withMemory(MemoryKind kind) {
        return new WasmRedisOptions(arguments, seed, startMicros, limits, kind, contained, journal);
    }

    public WasmRedisOptions uncontained() {
        return new WasmRedisOptions(arguments, seed, startMicros, limits, memory, false, journal);
    }

    /// With the usual policy but for this.
    public WasmRedisOptions withJournal(Path file, Fsync fsync) {
        return withJournal(file, JournalPolicy.of(fsync));
    }

    public WasmRedisOptions withJournal(Path file, JournalPolicy policy) {
        return new WasmRedisOptions(
                arguments, seed, startMicros, limits, memory, contained, Optional.of(new Journaling(file, policy)));
    }
}
