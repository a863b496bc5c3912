package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.samples.UnknownSampleException;
import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads modules from files and samples.
public final class ModuleFiles {
    /// The most that an array can hold.
    private static final long LARGEST = Integer.MAX_VALUE - 8L;

    private ModuleFiles() {}

    /// @param fileOrSample a path, or `sample:NAME`
    /// @throws UnreadableModuleException with a sentence that says why and what to do
    public static ModuleSource read(String fileOrSample) throws UnreadableModuleException {
        if (fileOrSample.startsWith(SampleCatalogue.PREFIX)) {
            try {
                return SampleCatalogue.load().open(fileOrSample);
            } catch (UnknownSampleException e) {
                throw new UnreadableModuleException(String.valueOf(e.getMessage()), e);
            }
        }
        try {
            return read(Path.of(fileOrSample));
        } catch (InvalidPathException e) {
            throw new UnreadableModuleException(
                    "\"%s\" cannot be a file name: %s.".formatted(fileOrSample, e.getReason()), e);
        }
    }

    /// Reads the whole file; whether it is a module is for [ModuleReader] to say.
    public static ModuleSource read(Path file) throws UnreadableModuleException {
        if (Files.isDirectory(file)) {
            throw new UnreadableModuleException("%s is a directory. Name a .wasm file in it.".formatted(file), null);
        }
        try {
            var size = Files.size(file);
            if (size > LARGEST) {
                throw new UnreadableModuleException(
                        "%s has %d bytes; modules up to %d bytes (2 GB) can be opened.".formatted(file, size, LARGEST),
                        null);
            }
            var bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                throw new UnreadableModuleException("%s is empty.".formatted(file), null);
            }
            return new ModuleSource(
                    name(file), Optional.of(file.toAbsolutePath().normalize()), bytes);
        } catch (NoSuchFileException e) {
            throw new UnreadableModuleException(missing(file), e);
        } catch (AccessDeniedException e) {
            throw new UnreadableModuleException(
                    "No permission to read %s. Check its owner and mode.".formatted(file), e);
        } catch (IOException e) {
            throw new UnreadableModuleException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private static String missing(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder)
                ? "There is no file %s.".formatted(file)
                : "There is no file %s: the directory %s does not exist.".formatted(file, folder);
    }

    private static String name(Path file) {
        var last = file.getFileName();
        return last == null ? file.toString() : last.toString();
    }
}
