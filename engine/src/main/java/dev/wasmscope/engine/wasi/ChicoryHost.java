package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ImportFunction;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import java.util.List;

/// A host module whose functions are Chicory's own, such as its WASI. Other runtimes bring theirs.
public interface ChicoryHost extends HostModule {
    List<ImportFunction> imports();

    /// Whether a call only waits and holds nothing an interrupt could harm: a deadline reaches into it.
    default boolean waits(String function, long[] arguments) {
        return false;
    }

    /// None: nothing here can run on another runtime.
    @Override
    default List<HostFunction> functions() {
        return List.of();
    }
}
