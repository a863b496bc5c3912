package dev.wasmscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Verbs run where no window could: JavaFX is on the class path here, and none of it may be loaded.
class VerbsWithoutWindowTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "samples --json",
                "inspect sample:traps",
                "disasm sample:fib --function fib",
                "invoke sample:fib fib 10",
                "latency --help",
                "--help",
                "--version",
                "no-such-verb"
            })
    void verbLoadsNoClassOfJavaFx(String line) throws Exception {
        var ended = run(line.split(" "));
        assertThat(ended.code()).as(ended.output()).isIn(0, 2);
        assertThat(Files.readAllLines(folder.resolve("classes.txt")))
                .anyMatch(entry -> entry.contains(Invocation.class.getName()))
                .noneMatch(entry -> entry.contains("javafx."));
    }

    @Test
    void verbOfTheProgramReadsNoPlugin() throws Exception {
        assertThat(run("samples", "--json").code()).isZero();
        assertThat(Files.readAllLines(folder.resolve("classes.txt")))
                .noneMatch(entry -> entry.contains("PluginDescription"));
    }

    @Test
    void windowWithoutADisplaySaysWhatToDo() throws Exception {
        var ended = run("sample:fib");
        assertThat(ended.code()).isOne();
        assertThat(ended.output()).contains("There is no display", "use a verb: wasmscope --help");
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + folder.resolve("classes.txt"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var starter = new ProcessBuilder(command).redirectErrorStream(true);
        starter.environment().remove("DISPLAY");
        var process = starter.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int code, String output) {}
}
