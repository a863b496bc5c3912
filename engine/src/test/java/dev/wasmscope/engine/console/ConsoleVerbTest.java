package dev.wasmscope.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.spi.Verb.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The verb against a native Redis that it starts itself.
class ConsoleVerbTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String typed, String... arguments) {
        var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        return new ConsoleVerb()
                .run(
                        List.of(arguments),
                        new Terminal(
                                in,
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    @Test
    void commandsGivenAreAnsweredInTheirOrder() {
        assertThat(run("", "--target", "native", "-e", "SET a 'one two'", "-e", "GET a", "-e", "STRLEN a"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("OK\n\"one two\"\n(integer) 7\n");
    }

    @Test
    void anErrorReplyIsPrintedAndFails() {
        assertThat(run("", "--target", "native", "--transport", "tcp", "-e", "NONSENSE"))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("(error) ERR unknown command");
    }

    @Test
    void whatIsTypedIsSentLineByLine() {
        assertThat(run("PING\n\nECHO \"x\nECHO y\n", "--target", "native")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("PONG\n\"y\"\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not closed");
    }

    @Test
    void consoleOverSharedMemoryWaitsAsItIsTold() {
        assumeThat(NativeRedis.knownRefusal()).isEmpty();
        assertThat(run("", "--target", "native", "--transport", "shm", "--wait", "park", "-e", "PING"))
                .describedAs("%s", err)
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("PONG");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --target nothing            | A target is wasm, native, HOST:PORT or the path of a socket, not nothing. | 1
            --target /no/such/socket    | There is no socket at /no/such/socket                                     | 1
            --transport pigeon          | There is no transport pigeon                                              | 2
            --transport shm --wait long | A wait strategy is adaptive, spin, park, not long                         | 2
            --transport tcp --wait park | --wait is for shared memory only; give --transport shm                    | 2
            --user somebody             | has no password                                                           | 2
            --target native --transport in-process | choose tcp, unix or shm                                        | 1
            """)
    void whatCannotBeIsSaid(String arguments, String sentence, int code) {
        assertThat(run("", arguments.split(" "))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(sentence);
    }
}
