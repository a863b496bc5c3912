package dev.wasmscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.Verb;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<List<String>> windows = new ArrayList<>();

    @Test
    void noArgumentsOpenTheWindow() {
        assertThat(run()).isEqualTo(42);
        assertThat(windows).containsExactly(List.of());
    }

    @Test
    void filesAndSamplesOpenTheWindow(@TempDir Path folder) throws Exception {
        var plain = Files.createFile(folder.resolve("module"));
        assertThat(run("sample:fib", "b.wasm")).isEqualTo(42);
        assertThat(run(plain.toString())).isEqualTo(42);
        assertThat(windows).containsExactly(List.of("sample:fib", "b.wasm"), List.of(plain.toString()));
    }

    @Test
    void verbRunsWithTheRestOfTheLine() {
        assertThat(run("samples", "add")).isZero();
        assertThat(text(out)).contains("wasmscope invoke sample:add add 2 3");
        assertThat(windows).isEmpty();
    }

    @Test
    void unknownVerbNamesTheNearestOne() {
        assertThat(run("sample")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("There is no verb or file sample. Did you mean samples? See: wasmscope --help\n");
        assertThat(windows).isEmpty();
    }

    @Test
    void unknownOptionIsNoFile() {
        assertThat(run("--verbos=1.5")).isEqualTo(2);
        assertThat(text(err)).startsWith("There is no option --verbos=1.5.");
    }

    @Test
    void impossiblePathIsUnknown() {
        assertThat(run("a\0b")).isEqualTo(2);
    }

    @Test
    void helpListsEveryVerb() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains(Verbs.all().stream().map(Verb::summary).toList());
    }

    @Test
    void versionIsTheOneOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(text(out)).matches("wasmscope \\d+\\.\\d+\\.\\d+\\S* on Java 2\\d.*\n");
    }

    private int run(String... arguments) {
        var terminal = new Verb.Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        var invocation = new Invocation(
                Verbs.all(),
                Map.of(),
                files -> {
                    windows.add(files);
                    return 42;
                },
                terminal);
        return invocation.run(List.of(arguments));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
