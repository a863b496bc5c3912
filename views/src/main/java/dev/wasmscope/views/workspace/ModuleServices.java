package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

/// The engine as the workspace uses it. [#read(Path)], [#facts(ModuleSource)] and
/// [#validate(ModuleSource)] may wait and run in the background; the
/// messages of what they throw are sentences for the user.
public interface ModuleServices {
    ModuleSource read(Path file) throws Exception;

    /// Read already.
    SampleCatalogue samples();

    ModuleFacts facts(ModuleSource module) throws MalformedModuleException;

    /// Proposals beyond Wasm 1.0 that the sections or the code use. Decodes every body: a second or so for 10 MB.
    default SortedSet<String> featuresUsed(ModuleSource module, ModuleFacts facts) throws MalformedModuleException {
        var used = ModuleReader.featuresInBodies(module.bytes(), facts);
        used.addAll(facts.features());
        return used;
    }

    /// @return why the module is invalid, as a sentence; empty where it is valid
    Optional<String> validate(ModuleSource module) throws Exception;

    /// Whether a session of it opens without compiling it first. Reads files.
    default boolean prepared(ModuleSource module) {
        return true;
    }

    /// Never blocks.
    CompletableFuture<Session> open(SessionRequest request);

    /// Whether sessions are looks at an instance of somebody else, who decides what it imports.
    default boolean hosted() {
        return false;
    }
}
