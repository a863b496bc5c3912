package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ImportFunction;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import java.util.List;

/// A host module that the deadline does not reach: it is lifted on entry and set again on the way back.
record Guarded(String name, List<HostFunction> functions) implements HostModule {
    static HostModule of(HostModule host, Deadline deadline) {
        if (host instanceof ChicoryHost chicory) {
            return new OfChicory(
                    host.name(),
                    chicory.imports().stream().map(f -> guard(f, deadline)).toList());
        }
        return new Guarded(
                host.name(),
                host.functions().stream().map(f -> guard(f, deadline)).toList());
    }

    private record OfChicory(String name, List<ImportFunction> imports) implements ChicoryHost {}

    private static HostFunction guard(HostFunction function, Deadline deadline) {
        return new HostFunction(function.name(), function.type(), (memory, arguments) -> {
            deadline.enterHost();
            try {
                return function.body().call(memory, arguments);
            } finally {
                deadline.leaveHost();
            }
        });
    }

    private static ImportFunction guard(ImportFunction function, Deadline deadline) {
        return new ImportFunction(
                function.module(), function.name(), function.functionType(), (instance, arguments) -> {
                    deadline.enterHost();
                    try {
                        return function.handle().apply(instance, arguments);
                    } finally {
                        deadline.leaveHost();
                    }
                });
    }
}
