package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Assembles text with wabt's `wat2wasm`.
final class Wat {
    private Wat() {}

    static ModuleSource module(Path folder, String text) {
        try {
            var source = Files.writeString(folder.resolve("test.wat"), text);
            var target = folder.resolve("test.wasm");
            var process = new ProcessBuilder(
                            List.of("wat2wasm", "--debug-names", source.toString(), "-o", target.toString()))
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError("wat2wasm refused " + text);
            }
            return new ModuleSource("test.wasm", Optional.empty(), Files.readAllBytes(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
