package dev.wasmscope.views.control;

import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/// Modules of tests, assembled from text by wabt.
public final class WatText {
    private WatText() {}

    public static ModuleSource module(String text) {
        try {
            var source = Files.createTempFile("test", ".wat");
            var target = Files.createTempFile("test", ".wasm");
            try {
                Files.writeString(source, text);
                var process = new ProcessBuilder("wat2wasm", source.toString(), "-o", target.toString())
                        .redirectErrorStream(true)
                        .start();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalArgumentException("wat2wasm: " + said);
                }
                return new ModuleSource("test.wasm", Optional.empty(), Files.readAllBytes(target));
            } finally {
                Files.delete(source);
                Files.delete(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
