package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.wasm.ModuleValidation;
import dev.wasmscope.engine.wasm.Sessions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The engine in this process.
public final class EngineServices implements ModuleServices {
    /// Largest file that is opened: all of it is kept in memory.
    private static final long MOST = 512L << 20;

    private final Sessions sessions;
    private final SampleCatalogue samples;

    public EngineServices(Sessions sessions, SampleCatalogue samples) {
        this.sessions = sessions;
        this.samples = samples;
    }

    @Override
    public ModuleSource read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("%s is a directory. Choose a .wasm file in it.".formatted(file));
        }
        try {
            var size = Files.size(file);
            if (size > MOST) {
                throw new IOException(
                        "%s has %,d bytes; modules of up to %,d bytes can be opened.".formatted(file, size, MOST));
            }
            return new ModuleSource(file.getFileName().toString(), Optional.of(file), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IOException("There is no file %s.".formatted(file), e);
        } catch (AccessDeniedException e) {
            throw new IOException("%s cannot be read: permission denied.".formatted(file), e);
        }
    }

    @Override
    public SampleCatalogue samples() {
        return samples;
    }

    @Override
    public ModuleFacts facts(ModuleSource module) throws MalformedModuleException {
        return ModuleReader.read(module.bytes());
    }

    @Override
    public Optional<String> validate(ModuleSource module) {
        return ModuleValidation.reasonAgainst(module.bytes());
    }

    @Override
    public CompletableFuture<Session> open(SessionRequest request) {
        return sessions.open(request);
    }
}
