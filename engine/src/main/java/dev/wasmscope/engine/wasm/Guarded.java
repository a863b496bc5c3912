package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ImportFunction;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.wasi.ChicoryHost;
import java.util.List;
import java.util.function.Supplier;

/// A host module that the deadline does not reach: it is lifted on entry and set again on the way back.
record Guarded(String name, List<HostFunction> functions) implements HostModule {
    /// Runs host code out of the deadline's reach.
    @FunctionalInterface
    interface Lift {
        <T> T around(Supplier<T> hostCode);

        /// Runs host code that only waits: within the deadline's reach.
        default <T> T waiting(Supplier<T> hostCode) {
            return hostCode.get();
        }
    }

    /// Of the deadline that is armed on the calling thread.
    static HostModule of(HostModule host) {
        return of(host, Guarded::lifted);
    }

    static HostModule of(HostModule host, Lift lift) {
        if (host instanceof HandMade made) {
            return made.lifted(lift);
        }
        if (host instanceof ChicoryHost chicory) {
            return new OfChicory(
                    host.name(),
                    chicory.imports().stream().map(f -> guard(chicory, f, lift)).toList());
        }
        return new Guarded(
                host.name(), host.functions().stream().map(f -> guard(f, lift)).toList());
    }

    private record OfChicory(String name, List<ImportFunction> imports) implements ChicoryHost {}

    private static HostFunction guard(HostFunction function, Lift lift) {
        return new HostFunction(
                function.name(),
                function.type(),
                (memory, arguments) -> lift.around(() -> function.body().call(memory, arguments)));
    }

    private static ImportFunction guard(ChicoryHost host, ImportFunction function, Lift lift) {
        var inner = function.handle();
        return new ImportFunction(
                function.module(),
                function.name(),
                function.functionType(),
                (instance, arguments) -> host.waits(function.name(), arguments)
                        ? lift.waiting(() -> inner.apply(instance, arguments))
                        : lift.around(() -> inner.apply(instance, arguments)));
    }

    private static <T> T lifted(Supplier<T> hostCode) {
        var deadline = Deadline.enterHost();
        try {
            return hostCode.get();
        } finally {
            if (deadline != null) {
                deadline.leaveHost();
            }
        }
    }
}
