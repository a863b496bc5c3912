package dev.wasmscope.engine.binary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Modules from the npm registry, fetched for the tests into `sample-wasm/node_modules`.
final class RealModules {
    private static final List<String> FILES = List.of(
            "web-tree-sitter/web-tree-sitter.wasm",
            "@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3.wasm",
            "@bytecodealliance/jco-transpile/vendor/wasm-tools.core.wasm",
            "esbuild-wasm/esbuild.wasm");

    private RealModules() {}

    /// Tests run in the folder of their Maven module.
    static Path directory() {
        return Path.of("../sample-wasm/node_modules").toAbsolutePath().normalize();
    }

    static Path esbuild() {
        return directory().resolve(FILES.getLast());
    }

    static Stream<Path> all() {
        var there = FILES.stream()
                .map(directory()::resolve)
                .filter(Files::isRegularFile)
                .toList();
        Assumptions.assumeFalse(
                there.isEmpty(),
                "SKIPPED: there are no real modules in " + directory()
                        + ". Run `npm ci` in sample-wasm to fetch them.");
        return there.stream();
    }
}
