package dev.wasmscope.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.transport.UnixTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose files may not grow beyond a few megabytes.
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VALUE = 100_000;

    @TempDir
    Path folder;

    @Test
    void whatCannotBeWrittenIsAnErrorAndWhatWasAcknowledgedIsKept() throws Exception {
        assumeThat(RedisModule.present()).isTrue();
        var server = start(4096);
        var acknowledged = 0;
        try (var client = connect()) {
            var reply = set(client, acknowledged);
            for (; reply.equals("OK"); reply = set(client, acknowledged)) {
                acknowledged++;
                assertThat(acknowledged).isLessThan(60);
            }
            assertThat(reply).startsWith("ERR The journal").contains("cannot be written", "make room");
            client.closed().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(VerbLine.FAILED);
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).isGreaterThan(20);
        var again = start(0);
        try (var client = connect()) {
            assertThat(client.ask(PATIENCE, "DBSIZE").value()).isEqualTo(new RespValue.Int(acknowledged));
            // The frame that did not fit.
            assertThat(folder.resolve("said"))
                    .content()
                    .contains("Restored from the journal:", "A torn tail of ", "nothing in it had been acknowledged");
        } finally {
            again.destroyForcibly().waitFor();
        }
    }

    private static String set(RedisClient client, int key) throws Exception {
        return switch (client.ask(PATIENCE, "SET", "k" + key, "x".repeat(VALUE)).value()) {
            case RespValue.SimpleString(String text) -> text;
            case RespValue.SimpleError(String text) -> text;
            case RespValue other -> other.toString();
        };
    }

    private RedisClient connect() throws IOException {
        var login = new RedisLogin(Optional.empty(), Optional.empty(), 0, PATIENCE);
        return RedisClient.connect(new UnixTransport(socket()), login, _ -> {});
    }

    private Path socket() {
        return folder.resolve("s");
    }

    /// @param most KiB of a file; 0: any number
    private Process start(int most) throws IOException {
        var arguments =
                List.of("--unix", socket().toString(), "--json", "--fsync", "always", "--journal", folder + "/journal");
        var command = new ArrayList<String>();
        if (most > 0) {
            command.addAll(List.of("bash", "-c", "ulimit -f \"$0\"; exec \"$@\"", Integer.toString(most)));
        }
        command.addAll(ChildJvm.command(ServeMain.class, List.of("-Djava.awt.headless=true"), arguments));
        var server = new ProcessBuilder(command)
                .redirectError(folder.resolve("said").toFile())
                .start();
        var said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        var line = said.readLine();
        assertThat(line).startsWith("{");
        return server;
    }
}
