package dev.wasmscope.engine.wasi;

import static dev.wasmscope.engine.wasi.FileGuest.CREATE;
import static dev.wasmscope.engine.wasi.FileGuest.DIRECTORY;
import static dev.wasmscope.engine.wasi.FileGuest.FOLLOW;
import static dev.wasmscope.engine.wasi.FileGuest.READ;
import static dev.wasmscope.engine.wasi.FileGuest.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing outside of a granted directory is reached, also while others change what is inside.
class WasiContainmentTest {
    private static final int BADF = 8;
    private static final int INVAL = 28;
    private static final int FAULT = 21;
    private static final int MFILE = 33;
    private static final int PERM = 63;
    private static final int ROFS = 69;
    private static final int TURNS = 300;

    @TempDir
    Path folder = Path.of("");

    private Path granted = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        assumeTrue(LinuxFiles.here().isPresent(), "There is no openat2 here.");
        granted = Files.createDirectory(folder.resolve("granted"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("a"), "secret");
        Files.writeString(outside.resolve("only outside"), "");
        Files.writeString(Files.createDirectory(granted.resolve("sub")).resolve("a"), "mine");
    }

    private FileGuest guest() throws IOException {
        return new FileGuest(FileGuest.Way.LINUX, granted);
    }

    @Test
    void noPathAndNoLinkLeadsOut() throws IOException {
        Files.createSymbolicLink(granted.resolve("absolute"), outside);
        Files.createSymbolicLink(granted.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(granted.resolve("process"), Path.of("/proc/self/root"));
        try (var guest = guest()) {
            for (var path : List.of(
                    "absolute/a", "relative/a", "../outside/a", "sub/../../outside/a", "/etc/passwd", "process/etc")) {
                assertThat(guest.open(path, 0, READ)).as(path).isEqualTo(PERM);
                assertThat(guest.status(path, FOLLOW)).as(path).isEqualTo(PERM);
                assertThat(guest.setTimes(path, 0, 0, 4)).as(path).isEqualTo(PERM);
                assertThat(guest.path("path_unlink_file", path)).as(path).isEqualTo(PERM);
                assertThat(guest.path("path_create_directory", path + "b"))
                        .as(path)
                        .isEqualTo(PERM);
                assertThat(guest.paths("path_rename", path, "b")).as(path).isEqualTo(PERM);
                assertThat(guest.paths("path_rename", "sub/a", path + "b"))
                        .as(path)
                        .isEqualTo(PERM);
                assertThat(guest.link(path, FOLLOW, "b")).as(path).isEqualTo(PERM);
                assertThat(guest.link(path, 0, "b")).as(path).isEqualTo(PERM);
            }
            assertThat(guest.open("../granted/sub/a", 0, READ)).isEqualTo(PERM);
            assertThat(guest.open(guest.opened("sub", DIRECTORY, READ, 0), FOLLOW, "../sub/a", 0, READ, 0))
                    .isEqualTo(PERM);
            assertThat(guest.buffer("path_readlink", "absolute")).isEqualTo("errno " + PERM);
        }
        assertThat(outside.toFile().list()).containsExactlyInAnyOrder("a", "only outside");
        assertThat(granted.toFile().list()).containsExactlyInAnyOrder("sub", "absolute", "relative", "process");
    }

    @Test
    void guestMakesLinksInsideOnly() throws IOException {
        try (var guest = guest()) {
            assertThat(guest.symbolicLink("sub/a", "inside")).isZero();
            assertThat(guest.symbolicLink("../sub/a", "sub/up")).isZero();
            assertThat(guest.read(guest.opened("sub/up", 0, READ, 0), 9)).isEqualTo("mine");
            assertThat(guest.symbolicLink("../outside", "out")).isEqualTo(PERM);
            assertThat(guest.symbolicLink("../../outside", "sub/out")).isEqualTo(PERM);
            assertThat(guest.symbolicLink("/etc", "out")).isEqualTo(PERM);
            assertThat(guest.link("inside", FOLLOW, "second")).isZero();
            assertThat(Files.isSymbolicLink(granted.resolve("second"))).isFalse();
        }
        assertThat(granted.toFile().list()).containsExactlyInAnyOrder("sub", "inside", "second");
    }

    @Test
    void directoryForReadingIsNotChangedByAnyFunction() throws IOException {
        var readOnly = List.of(new WasiGrants.Directory(granted, "/granted", true));
        try (var guest = new FileGuest(FileGuest.Way.LINUX, readOnly)) {
            var sub = guest.opened("sub", DIRECTORY, READ, 0);
            assertThat(guest.open(sub, FOLLOW, "a", 0, READ | WRITE, 0)).isEqualTo(ROFS);
            assertThat(guest.open(sub, FOLLOW, "b", CREATE, READ, 0)).isEqualTo(ROFS);
            assertThat(guest.symbolicLink("a", "sub/b")).isEqualTo(ROFS);
            assertThat(guest.link("sub/a", 0, "b")).isEqualTo(ROFS);
            assertThat(guest.setTimes("sub/a", 0, 0, 4)).isEqualTo(ROFS);
            assertThat(guest.path("path_remove_directory", "sub")).isEqualTo(ROFS);
            var file = guest.opened("sub/a", 0, READ, 0);
            assertThat(guest.call("fd_filestat_set_times", file, 0, 0, 4)).isEqualTo(ROFS);
            assertThat(guest.write(file, "x")).isEqualTo(ROFS);
            assertThat(guest.read(file, 9)).isEqualTo("mine");
        }
    }

    /// Swaps `sub` for a link to what is outside and back, all the time.
    private FutureTask<Integer> swapping(AtomicBoolean stop) {
        Callable<Integer> swap = () -> {
            var turns = 0;
            var here = granted.resolve("sub");
            var away = granted.resolve("away");
            for (; !stop.get(); turns++) {
                Files.move(here, away);
                Files.createSymbolicLink(here, turns % 2 == 0 ? outside : Path.of("../outside"));
                Files.delete(here);
                Files.move(away, here);
            }
            return turns;
        };
        return new FutureTask<>(swap);
    }

    @Test
    void directorySwappedForALinkMeanwhileLeadsNowhereElse() throws Exception {
        Files.createSymbolicLink(
                granted.resolve("absolute"), granted.toRealPath().resolve("sub"));
        var stop = new AtomicBoolean();
        var swaps = swapping(stop);
        var thread = Thread.ofPlatform().name("swaps a directory").start(swaps);
        var mine = 0;
        var refused = 0;
        try (var guest = guest()) {
            while (!swaps.isDone() && (mine < TURNS || refused < TURNS)) {
                for (var path : List.of("sub/a", "absolute/a")) {
                    if (guest.open(path, 0, READ) == 0) {
                        var file = guest.result();
                        assertThat(guest.read(file, 9)).isEqualTo("mine");
                        assertThat(guest.call("fd_close", file)).isZero();
                        mine++;
                    } else {
                        refused++;
                    }
                }
                change(guest);
            }
        } finally {
            stop.set(true);
            thread.join();
        }
        assertThat(swaps.get()).isPositive();
        assertThat(outside.toFile().list()).containsExactlyInAnyOrder("a", "only outside");
        assertThat(outside.resolve("a")).hasContent("secret");
    }

    private static void change(FileGuest guest) {
        if (guest.open("sub/new", CREATE, WRITE) == 0) {
            var file = guest.result();
            guest.write(file, "new");
            guest.call("fd_close", file);
        }
        guest.paths("path_rename", "sub/new", "sub/other");
        guest.path("path_unlink_file", "sub/other");
        guest.path("path_create_directory", "sub/directory");
        guest.path("path_remove_directory", "sub/directory");
        if (guest.open("sub", DIRECTORY, READ) == 0) {
            var directory = guest.result();
            assertThat(new String(guest.entries(directory, 4096, 0), StandardCharsets.ISO_8859_1))
                    .doesNotContain("only outside");
            guest.call("fd_close", directory);
        }
    }

    @Test
    void directoryThatIsOpenStaysTheOneItWas() throws IOException {
        try (var guest = guest()) {
            var sub = guest.opened("sub", DIRECTORY, READ, 0);
            Files.move(granted.resolve("sub"), granted.resolve("away"));
            Files.createSymbolicLink(granted.resolve("sub"), outside);
            assertThat(guest.open(sub, FOLLOW, "a", 0, READ, 0)).isZero();
            assertThat(guest.read(guest.result(), 9)).isEqualTo("mine");
        }
    }

    @Test
    void guestOpensNoMoreFilesThanItMayAndGivesAllBack() throws IOException {
        try (var guest = guest()) {
            var opened = 1;
            while (guest.open("sub/a", 0, READ) == 0) {
                opened++;
            }
            assertThat(opened).isEqualTo(1024);
            assertThat(guest.open("sub/a", 0, READ)).isEqualTo(MFILE);
            assertThat(guest.call("fd_close", 100)).isZero();
            assertThat(guest.opened("sub/a", 0, READ, 0)).isEqualTo(100);
        }
        try (var again = guest()) {
            assertThat(again.opened("sub/a", 0, READ, 0)).isEqualTo(4);
        }
    }

    @Test
    void pointersAndDescriptorsThatAreNoneAreRefusedBeforeAnythingIsDone() throws IOException {
        try (var guest = guest()) {
            assertThat(guest.call("path_open", 3, FOLLOW, 1 << 20, 4, CREATE, WRITE, 0, 0, 0))
                    .isEqualTo(FAULT);
            assertThat(guest.open(3, FOLLOW, "sub/b", CREATE, WRITE, 0)).isZero();
            assertThat(guest.call("path_open", 3, FOLLOW, 1024, 5, CREATE, WRITE, 0, 0, -1))
                    .isEqualTo(FAULT);
            assertThat(guest.call("fd_read", 4, 64, -1, 0)).isNotZero();
            assertThat(guest.call("fd_readdir", 3, -16, 32, 0, 0)).isEqualTo(FAULT);
            assertThat(guest.call("fd_filestat_get", 3, -1)).isEqualTo(FAULT);
            assertThat(guest.open(77, FOLLOW, "a", 0, READ, 0)).isEqualTo(BADF);
            assertThat(guest.open(-1, FOLLOW, "a", 0, READ, 0)).isEqualTo(BADF);
            assertThat(guest.path("path_unlink_file", "sub/..")).isEqualTo(INVAL);
            assertThat(guest.path("path_unlink_file", ".")).isEqualTo(INVAL);
        }
    }
}
