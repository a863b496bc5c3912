package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.engine.wasm.WatModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls path functions of WASI from a guest that forwards them.
@ParameterizedClass
@EnumSource(Placement.class)
class WasiDirectoryTest {
    private static final int EPERM = 63;
    private static final int EROFS = 69;
    private static final int READ = 2;
    private static final int WRITE = 64;
    private static final String FORWARDER = """
            (module
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_unlink_file" (func $unlink (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_create_directory" (func $mkdir (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_rename" (func $rename (param i32 i32 i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "open") (param i32 i32 i64) (result i32)
                (call $open (i32.const 3) (i32.const 1) (i32.const 16) (local.get 0) (local.get 1)
                  (local.get 2) (i64.const 0) (i32.const 0) (i32.const 0)))
              (func (export "unlink") (param i32) (result i32)
                (call $unlink (i32.const 3) (i32.const 16) (local.get 0)))
              (func (export "mkdir") (param i32) (result i32)
                (call $mkdir (i32.const 3) (i32.const 16) (local.get 0)))
              (func (export "rename") (param i32) (result i32)
                (call $rename (i32.const 3) (i32.const 16) (local.get 0) (i32.const 3) (i32.const 16) (local.get 0))))
            """;

    private final Sessions sessions = new Sessions();

    @Parameter
    Placement placement = Placement.IN_PROCESS;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        sessions.close();
    }

    private final class Guest {
        private final dev.wasmscope.engine.spi.Session session;

        Guest(boolean readOnly) {
            var directory = new WasiGrants.Directory(folder.resolve("granted"), "/data", readOnly);
            session = sessions.open(new SessionRequest(
                            WatModules.module(FORWARDER),
                            "compiler",
                            placement,
                            MemoryKind.TRACKED,
                            Limits.DEFAULT,
                            Optional.of(new WasiGrants(List.of(), Map.of(), new byte[0], List.of(directory))),
                            Map.of(),
                            false))
                    .join();
        }

        int call(String function, String path, Value... more) {
            var bytes = path.getBytes(StandardCharsets.UTF_8);
            session.write(0, 16, bytes).join();
            var arguments = new Value[1 + more.length];
            arguments[0] = Value.i32(bytes.length);
            System.arraycopy(more, 0, arguments, 1, more.length);
            var outcome = session.call(CallRequest.of(function, arguments)).join();
            return ((CallOutcome.Returned) outcome).results().getFirst().asI32();
        }

        int open(String path, int flags, long rights) {
            return call("open", path, Value.i32(flags), Value.i64(rights));
        }
    }

    private Path granted() throws IOException {
        var granted = Files.createDirectory(folder.resolve("granted"));
        Files.writeString(granted.resolve("a.txt"), "a");
        Files.writeString(folder.resolve("secret.txt"), "s");
        return granted;
    }

    @Test
    void readOnlyDirectoryCanBeReadAndNotChanged() throws IOException {
        var granted = granted();
        var guest = new Guest(true);
        assertThat(guest.open("a.txt", 0, READ)).isZero();
        assertThat(guest.open("a.txt", 0, READ | WRITE)).isEqualTo(EROFS);
        assertThat(guest.open("a.txt", 8, READ)).isEqualTo(EROFS);
        assertThat(guest.open("new.txt", 1, WRITE)).isEqualTo(EROFS);
        assertThat(guest.call("unlink", "a.txt")).isEqualTo(EROFS);
        assertThat(guest.call("mkdir", "sub")).isEqualTo(EROFS);
        assertThat(guest.call("rename", "a.txt")).isEqualTo(EROFS);
        assertThat(granted.toFile().list()).containsExactly("a.txt");
        assertThat(granted.resolve("a.txt")).hasContent("a");
    }

    @Test
    void writableDirectoryCanBeChanged() throws IOException {
        var granted = granted();
        var guest = new Guest(false);
        assertThat(guest.open("new.txt", 1, WRITE)).isZero();
        assertThat(guest.call("mkdir", "sub")).isZero();
        assertThat(guest.call("unlink", "a.txt")).isZero();
        assertThat(granted.toFile().list()).containsExactlyInAnyOrder("new.txt", "sub");
    }

    @Test
    void noPathLeadsOutOfADirectory() throws IOException {
        var granted = granted();
        Files.createSymbolicLink(granted.resolve("out"), folder);
        Files.createSymbolicLink(granted.resolve("file"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(granted.resolve("nothing"), folder.resolve("nothing.txt"));
        var guest = new Guest(false);
        assertThat(guest.open("../secret.txt", 0, READ)).isEqualTo(EPERM);
        assertThat(guest.open("/etc/passwd", 0, READ)).isEqualTo(EPERM);
        assertThat(guest.open("out/secret.txt", 0, READ)).isEqualTo(EPERM);
        assertThat(guest.open("file", 0, READ)).isEqualTo(EPERM);
        assertThat(guest.open("nothing", 1, WRITE)).isEqualTo(EPERM);
        assertThat(guest.call("unlink", "out/secret.txt")).isEqualTo(EPERM);
        assertThat(folder.resolve("secret.txt")).exists();
        assertThat(folder.resolve("nothing.txt")).doesNotExist();
    }
}
