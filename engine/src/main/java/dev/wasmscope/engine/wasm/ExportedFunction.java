package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Machine;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.GuestFunction;
import dev.wasmscope.engine.spi.ValueType;
import java.util.stream.Stream;

/// A function of a Chicory instance, called without any ado.
final class ExportedFunction implements GuestFunction {
    private final Machine machine;
    private final int index;
    private final int parameters;
    private final CallWatch watch;
    private final ChicoryInstance.Backtraces backtraces;

    ExportedFunction(
            Machine machine, int index, FunctionType type, CallWatch watch, ChicoryInstance.Backtraces backtraces) {
        var vectors = Stream.concat(type.parameters().stream(), type.results().stream())
                .anyMatch(t -> t.kind() == ValueType.Kind.V128);
        if (vectors || type.results().size() > 1) {
            throw new IllegalArgumentException("A function of type %s has no handle.".formatted(type));
        }
        this.machine = machine;
        this.index = index;
        this.parameters = type.parameters().size();
        this.watch = watch;
        this.backtraces = backtraces;
    }

    @Override
    public long call(long... arguments) throws GuestFailedException {
        if (arguments.length != parameters) {
            throw new IllegalArgumentException(
                    "The function takes %d arguments, not %d.".formatted(parameters, arguments.length));
        }
        watch.enter();
        try {
            var results = machine.call(index, arguments);
            return results == null || results.length == 0 ? 0 : results[0];
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new GuestFailedException(Outcomes.of(e, backtraces.of(e), watch.deadline(), watch.deadline()), e);
        } finally {
            watch.leave();
        }
    }
}
