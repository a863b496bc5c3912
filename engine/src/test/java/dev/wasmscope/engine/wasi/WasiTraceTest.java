package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasiValue;
import dev.wasmscope.engine.wasm.Sessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real command, compiled from C with wasi-libc, asks for.
class WasiTraceTest {
    private final Sessions sessions = new Sessions();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        sessions.close();
    }

    private Session hello(String... arguments) throws Exception {
        var grants = new WasiGrants(
                List.of(arguments),
                Map.of("A", "b"),
                "x\ny".getBytes(StandardCharsets.UTF_8),
                List.of(new WasiGrants.Directory(folder, "/data", true)));
        var request = SessionRequest.of(SampleCatalogue.load().open("hello"))
                .withWasi(Optional.of(grants))
                .withTrace(true);
        var session = sessions.open(request).join();
        assertThat(session.call(CallRequest.of("_start")).join())
                .isInstanceOfAny(CallOutcome.Returned.class, CallOutcome.Exited.class);
        return session;
    }

    /// Without addresses, which are the compiler's choice.
    private static List<String> told(Session session) {
        return session.wasiCalls(1).calls().stream()
                .map(call -> "%s %s: %s"
                        .formatted(
                                call.function(),
                                WasiText.outcome(call.outcome()),
                                WasiText.arguments(call).replaceAll("=0x[0-9a-f]+ →", " →")))
                .toList();
    }

    @Test
    void tracedCallsAreWhatTheProgramDid() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "line one\nline two\n");
        var session = hello("hello", "--read", "/data/in.txt", "Ada");
        assertThat(told(session))
                .contains(
                        "environ_sizes_get ok: environc → 1, environ_buf_size → 4",
                        "args_sizes_get ok: argc → 4, argv_buf_size → 30",
                        "fd_prestat_get ok: fd=3 (/data), prestat → type dir, name length 5",
                        "fd_prestat_dir_name ok: fd=3 (/data), path=\"/data\"")
                .anyMatch(line -> line.startsWith("environ_get ok: environ=[\"A=b\"]"))
                .anyMatch(
                        line -> line.startsWith("args_get ok: argv=[\"hello\", \"--read\", \"/data/in.txt\", \"Ada\"]"))
                .anyMatch(line -> line.startsWith("fd_prestat_get EBADF (8): fd=4"))
                .anyMatch(line -> line.startsWith("path_open ok: fd=3 (/data), lookup=symlink_follow, path=\"in.txt\"")
                        && line.endsWith("opened → 4 (/data/in.txt)"))
                .contains("fd_close ok: fd=4 (/data/in.txt)");
        assertThat(written(session, 1))
                .isEqualTo(text(session, OutputStreamName.STDOUT))
                .startsWith("Hello, Ada!");
        assertThat(moved(session, "fd_read", 0)).isEqualTo(3);
        assertThat(moved(session, "fd_read", 4)).isEqualTo(18);
    }

    @Test
    void refusedFileIsToldWithItsErrnoAndTheExitLast() throws Exception {
        var session = hello("hello", "--exit", "9", "--read", "/data/none.txt", "Ada");
        var calls = session.wasiCalls(1).calls();
        assertThat(calls).anySatisfy(call -> {
            assertThat(call.function()).isEqualTo("path_open");
            assertThat(call.outcome()).isEqualTo(new WasiCall.Outcome.Errno(44, "ENOENT"));
        });
        assertThat(written(session, 2)).isEqualTo(text(session, OutputStreamName.STDERR));
        assertThat(calls.getLast().function()).isEqualTo("proc_exit");
        assertThat(calls.getLast().outcome()).isEqualTo(new WasiCall.Outcome.Ended("exit 9"));
    }

    private static String text(Session session, OutputStreamName stream) {
        return new String(session.output(stream, 0).bytes(), StandardCharsets.UTF_8);
    }

    private static long moved(Session session, String function, int descriptor) {
        return session.wasiCalls(1).calls().stream()
                .filter(call -> call.function().equals(function))
                .filter(call -> call.arguments().getFirst().raw() == descriptor)
                .mapToLong(WasiCall::moved)
                .sum();
    }

    /// All that the traced buffers of a descriptor hold.
    private static String written(Session session, int descriptor) {
        var all = new StringBuilder();
        for (var call : session.wasiCalls(1).calls()) {
            if (call.function().equals("fd_write")
                    && call.arguments().getFirst().raw() == descriptor) {
                var buffers = (WasiValue.Pieces) call.arguments().get(1).value();
                buffers.first()
                        .forEach(piece ->
                                all.append(new String(((WasiValue.Bytes) piece).head(), StandardCharsets.UTF_8)));
            }
        }
        return all.toString();
    }
}
