package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ImportFunction;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import java.util.List;
import java.util.Set;

/// A host module whose functions are Chicory's own, such as its WASI. Other runtimes bring theirs.
public interface ChicoryHost extends HostModule {
    List<ImportFunction> imports();

    /// Functions that only wait and hold nothing an interrupt could harm: a deadline reaches into them.
    default Set<String> waiting() {
        return Set.of();
    }

    /// None: nothing here can run on another runtime.
    @Override
    default List<HostFunction> functions() {
        return List.of();
    }
}
