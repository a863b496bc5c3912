package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFiles;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.binary.UnreadableModuleException;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.wasm.ModuleValidation;
import dev.wasmscope.engine.wasm.Sessions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The engine in this process.
public final class EngineServices implements ModuleServices {
    private final Sessions sessions;
    private final SampleCatalogue samples;

    public EngineServices(Sessions sessions, SampleCatalogue samples) {
        this.sessions = sessions;
        this.samples = samples;
    }

    @Override
    public ModuleSource read(Path file) throws UnreadableModuleException {
        return ModuleFiles.read(file);
    }

    @Override
    public SampleCatalogue samples() {
        return samples;
    }

    @Override
    public ModuleFacts facts(ModuleSource module) throws MalformedModuleException {
        return ModuleReader.read(module.bytes());
    }

    /// @throws UnsupportedOperationException with a sentence, where nothing can be said about the module
    @Override
    public Optional<String> validate(ModuleSource module) {
        return switch (ModuleValidation.validate(module.bytes())) {
            case ModuleValidation.Verdict.Valid() -> Optional.empty();
            case ModuleValidation.Verdict.Invalid(var reason) -> Optional.of(reason);
            case ModuleValidation.Verdict.Unsupported(var reason) -> throw new UnsupportedOperationException(reason);
        };
    }

    @Override
    public boolean prepared(ModuleSource module) {
        return sessions.runtimes().getFirst().prepared(module);
    }

    @Override
    public CompletableFuture<Session> open(SessionRequest request) {
        return sessions.open(request);
    }
}
