package dev.wasmscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Verbs run where no window could: JavaFX is on the class path here, and none of it may be loaded.
class VerbsWithoutWindowTest {
    @ParameterizedTest
    @ValueSource(strings = {"samples", "samples --json", "--help", "--version", "no-such-verb"})
    void verbLoadsNoClassOfJavaFx(String line, @TempDir Path folder) throws Exception {
        var loaded = folder.resolve("classes.txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line.split(" ")));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isIn(0, 2);
        assertThat(Files.readAllLines(loaded))
                .anyMatch(entry -> entry.contains(Invocation.class.getName()))
                .noneMatch(entry -> entry.contains("javafx."));
    }
}
