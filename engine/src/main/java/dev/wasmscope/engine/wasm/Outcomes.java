package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasi.WasiExitException;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.WasmFrame;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What an exception out of the guest means.
final class Outcomes {
    private Outcomes() {}

    static CallOutcome of(Throwable failure, List<WasmFrame> backtrace, Duration elapsed, Duration deadline) {
        if (cause(failure, ChicoryInterruptedException.class) != null
                || cause(failure, InterruptedException.class) != null) {
            return new CallOutcome.TimedOut(deadline, false, backtrace, elapsed);
        }
        var exit = cause(failure, WasiExitException.class);
        if (exit != null) {
            return new CallOutcome.Exited(exit.exitCode(), elapsed);
        }
        var offset = backtrace.isEmpty()
                ? OptionalLong.empty()
                : backtrace.getFirst().offset();
        return new CallOutcome.Trapped(reason(failure), offset, address(failure), backtrace, elapsed);
    }

    /// The specification's words where it has them.
    private static String reason(Throwable failure) {
        if (cause(failure, StackOverflowError.class) != null) {
            return "call stack exhausted";
        }
        return switch (failure) {
            case OutOfMemoryError _ -> "out of memory: the guest asked for more than the heap has left";
            case WasmException e -> "uncaught exception with tag %d".formatted(e.tagIdx());
            default -> {
                var message = String.valueOf(failure.getMessage());
                yield message.equals("Trapped on unreachable instruction") ? "unreachable" : message;
            }
        };
    }

    private static OptionalLong address(Throwable failure) {
        var trap = cause(failure, MemoryTrap.class);
        return trap == null ? OptionalLong.empty() : OptionalLong.of(trap.address());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> kind) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return kind.cast(t);
            }
        }
        return null;
    }
}
