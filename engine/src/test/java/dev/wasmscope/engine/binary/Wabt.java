package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// The real `wasm-objdump` and `wat2wasm`, which `./test` installs.
final class Wabt {
    private Wabt() {}

    static void assumeInstalled() {
        var there = java.util.stream.Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "wasm-objdump")));
        Assumptions.assumeTrue(
                there, "SKIPPED: wasm-objdump is not on the PATH. Install Debian's package wabt to compare with it.");
    }

    /// Output is read while it runs: the whole of a large module would not fit.
    static BufferedReader objdump(Path module, String... options) throws IOException {
        var command = new ArrayList<>(List.of("wasm-objdump"));
        command.addAll(List.of(options));
        command.add(module.toString());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static byte[] assemble(Path directory, String text) throws IOException, InterruptedException {
        var source = Files.writeString(directory.resolve("module.wat"), text);
        var target = directory.resolve("module.wasm");
        var process = new ProcessBuilder(
                        "wat2wasm", "--enable-all", "--debug-names", source.toString(), "-o", target.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Files.readAllBytes(target);
    }
}
