package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.spi.Verb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvokeVerbTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String wat, String... words) throws IOException {
        var file = folder.resolve("test.wasm");
        Files.write(file, Wat.module(wat).bytes());
        var line = new ArrayList<String>();
        line.add(file.toString());
        line.addAll(List.of(words));
        return new InvokeVerb()
                .run(line, new Verb.Terminal(new ByteArrayInputStream(new byte[0]), print(out), print(err)));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static final String MODULE = """
            (module
              (func (export "sub") (param i32 i64) (result i64) (i64.sub (i64.extend_i32_s (local.get 0)) (local.get 1)))
              (func $boom (export "boom") unreachable)
              (func (export "spin") (loop $l (br $l))))
            """;

    @Test
    void printsResultsAndTakesNegativeNumbers() throws IOException {
        assertThat(run(MODULE, "sub", "-5", "0x10")).isZero();
        assertThat(out).hasToString("-21\n");
    }

    @Test
    void jsonTellsHowTheCallEnded() throws IOException {
        assertThat(run(MODULE, "sub", "7", "2", "--json")).isZero();
        var json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("outcome").asText()).isEqualTo("returned");
        assertThat(json.get("results").get(0).asLong()).isEqualTo(5);
        assertThat(json.get("exitCode").isNull()).isTrue();
        assertThat(json.get("nanos").asLong()).isPositive();
    }

    @Test
    void trapIsExitCodeThreeWithABacktrace() throws IOException {
        assertThat(run(MODULE, "boom", "--json")).isEqualTo(3);
        var json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("outcome").asText()).isEqualTo("trapped");
        assertThat(json.get("reason").asText()).isEqualTo("unreachable");
        assertThat(json.get("backtrace").get(0).get("name").asText()).isEqualTo("boom");
    }

    @Test
    void deadlineIsExitCodeFour() throws IOException {
        assertThat(run(MODULE, "spin", "--timeout", "50ms", "--json")).isEqualTo(4);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("timed-out");
    }

    @Test
    void badInputIsExitCodeTwoWithASentence() throws IOException {
        assertThat(run(MODULE, "sub", "x", "1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Argument 1: \"x\" is no i32");
        assertThat(run(MODULE, "sbu", "1", "1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Did you mean sub?");
        assertThat(run(MODULE, "sub", "1", "1", "--timeout", "soon")).isEqualTo(2);
        assertThat(run(MODULE, "sub", "1", "1", "--dir", "x")).isEqualTo(2);
        assertThat(run(MODULE, "sub", "1", "1", "--dir", "/no/such/folder::/x")).isEqualTo(2);
        assertThat(new InvokeVerb()
                        .run(
                                List.of("/no/such.wasm", "f"),
                                new Verb.Terminal(new ByteArrayInputStream(new byte[0]), print(out), print(err))))
                .isEqualTo(2);
    }

    @Test
    void commandPrintsAndItsExitCodeIsInTheOutput() throws IOException {
        assertThat(run(OutputContract.HELLO, "_start", "--json")).isEqualTo(1);
        var json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("outcome").asText()).isEqualTo("exited");
        assertThat(json.get("exitCode").asInt()).isEqualTo(7);
        assertThat(json.get("stdout").asText()).isEqualTo("hello\n");
    }

    @Test
    void guestInAChildPrintsTheSame() throws IOException {
        assertThat(run(OutputContract.HELLO, "_start", "--json", "--placement", "child"))
                .isEqualTo(1);
        var json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("exitCode").asInt()).isEqualTo(7);
        assertThat(json.get("stdout").asText()).isEqualTo("hello\n");
        assertThat(run(MODULE, "sub", "1", "1", "--placement", "moon")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--placement takes in-process or child, not moon.");
    }

    @Test
    void tracedWasiCallsAreATableOnStandardErrorOrPartOfTheJson() throws IOException {
        assertThat(run(OutputContract.HELLO, "_start", "--trace-wasi")).isEqualTo(1);
        assertThat(out).hasToString("hello\n");
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.matches(" +call +function +result +time +bytes +arguments"))
                .anyMatch(line -> line.matches(" +1 +fd_write +ok +[\\d,.]+ µs +6 +fd=1 \\(stdout\\), .*\"hello.*"))
                .anyMatch(line -> line.matches(" +2 +proc_exit +exit 7 .*code=7"));
        out.reset();
        assertThat(run(OutputContract.HELLO, "_start", "--trace-wasi", "--json", "--placement", "child"))
                .isEqualTo(1);
        var calls = new ObjectMapper().readTree(out.toByteArray()).get("wasiCalls");
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).get("function").asText()).isEqualTo("fd_write");
        assertThat(calls.get(0).get("result").asText()).isEqualTo("ESUCCESS");
        assertThat(calls.get(0).get("bytes").asLong()).isEqualTo(6);
        assertThat(calls.get(0).get("arguments").get(0).get("text").asText()).isEqualTo("1 (stdout)");
        assertThat(calls.get(1).get("errno").isNull()).isTrue();
    }

    @Test
    void guestWithoutWasiCallsIsSaidToHaveNone() throws IOException {
        assertThat(run(MODULE, "sub", "3", "1", "--trace-wasi")).isZero();
        assertThat(err).hasToString("The guest made no WASI call.\n");
    }
}
