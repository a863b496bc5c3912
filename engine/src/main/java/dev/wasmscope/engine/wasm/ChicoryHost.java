package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ImportFunction;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import java.util.List;

/// A host module whose functions are Chicory's own, such as its WASI. Other runtimes bring theirs.
public interface ChicoryHost extends HostModule {
    List<ImportFunction> imports();

    /// None: nothing here can run on another runtime.
    @Override
    default List<HostFunction> functions() {
        return List.of();
    }
}
