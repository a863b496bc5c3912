package dev.wasmscope.engine.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.spi.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesVerbTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void listNamesEverySampleAndACallToBeginWith() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("strings", "link-b", "Try: wasmscope invoke sample:strings reverse 0x20 27");
    }

    @Test
    void jsonListsSamplesWithTheirCalls() throws IOException {
        assertThat(run("--json")).isZero();
        var first =
                new ObjectMapper().readTree(out.toByteArray()).path("samples").path(0);
        assertThat(first.path("name").asText()).isEqualTo("strings");
        assertThat(first.path("calls").path(0).path("arguments").path(0).asText())
                .isEqualTo("0x20");
    }

    @Test
    void moduleOfASampleIsWrittenToAFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("add.wasm");
        assertThat(run("add", "-o", file.toString())).isZero();
        assertThat(Files.readAllBytes(file)).startsWith(0, 'a', 's', 'm');
    }

    @Test
    void unknownSampleIsInputThatCannotBeRead() {
        assertThat(run("ad")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Did you mean add?");
    }

    @Test
    void unknownOptionSaysWhereHelpIs() {
        assertThat(run("--jsn")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Unknown option: '--jsn'.", "See: wasmscope samples --help");
    }

    @Test
    void outputWithoutANameIsAUsageError() {
        assertThat(run("-o", "x.wasm")).isEqualTo(2);
    }

    @Test
    void fileThatCannotBeWrittenFailsWithItsName(@TempDir Path folder) {
        assertThat(run("add", "-o", folder.resolve("none/add.wasm").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("none/add.wasm");
    }

    @Test
    void helpNamesTheOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("wasmscope samples", "--json", "--output");
    }

    private int run(String... arguments) {
        var terminal = new Verb.Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new SamplesVerb().run(List.of(arguments), terminal);
    }
}
