package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Assembles text with wabt's `wat2wasm`, once for each text.
final class Wat {
    private static final Map<String, byte[]> DONE = new ConcurrentHashMap<>();

    private Wat() {}

    static ModuleSource module(String text) {
        return module("test.wasm", text);
    }

    static ModuleSource module(String name, String text) {
        return new ModuleSource(name, Optional.empty(), DONE.computeIfAbsent(text, Wat::assemble));
    }

    private static byte[] assemble(String text) {
        try {
            var source = Files.createTempFile("test", ".wat");
            var target = Files.createTempFile("test", ".wasm");
            try {
                Files.writeString(source, text);
                var process = new ProcessBuilder(List.of(
                                "wat2wasm",
                                "--enable-tail-call",
                                "--enable-threads",
                                "--enable-exceptions",
                                "--enable-multi-memory",
                                "--debug-names",
                                source.toString(),
                                "-o",
                                target.toString()))
                        .redirectErrorStream(true)
                        .start();
                var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalArgumentException("wat2wasm: " + said);
                }
                return Files.readAllBytes(target);
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
