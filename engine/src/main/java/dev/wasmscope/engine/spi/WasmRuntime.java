package dev.wasmscope.engine.spi;

import java.util.Set;

/// Runs modules. Module, imports and limits in, an instance out.
///
/// An implementation is synchronous and single-threaded: everything about one instance happens on the thread
/// of the session that owns it. Interrupting that thread must end guest code.
public interface WasmRuntime {
    /// Stable and short, as the command line takes it: `compiler`.
    String id();

    /// For people: `Chicory 1.7.5 compiler`.
    String title();

    Set<Capability> capabilities();

    /// Does in advance what takes long and runs no guest code, so that no deadline has to cover it.
    ///
    /// @throws InstantiationFailedException when the module is one that this runtime cannot run
    default void prepare(ModuleSource module) throws InstantiationFailedException {}

    /// Whether [#prepare] has nothing left to do that takes long: nothing is to be compiled, or it was before.
    default boolean prepared(ModuleSource module) {
        return true;
    }

    /// Reads, links and starts a module, its start function included; never calls `_start` or `_initialize`.
    ///
    /// @throws InstantiationFailedException when the module cannot be brought to life; carries the outcome to show
    GuestInstance instantiate(InstantiationRequest request) throws InstantiationFailedException;

    enum Capability {
        STEPPING,
        INTERRUPTION,
        SIMD,
        EXCEPTIONS,
        TAIL_CALLS
    }
}
