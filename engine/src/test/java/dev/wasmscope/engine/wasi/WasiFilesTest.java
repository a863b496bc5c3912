package dev.wasmscope.engine.wasi;

import static dev.wasmscope.engine.wasi.FileGuest.APPEND;
import static dev.wasmscope.engine.wasi.FileGuest.CREATE;
import static dev.wasmscope.engine.wasi.FileGuest.DIRECTORY;
import static dev.wasmscope.engine.wasi.FileGuest.EXCLUSIVE;
import static dev.wasmscope.engine.wasi.FileGuest.FOLLOW;
import static dev.wasmscope.engine.wasi.FileGuest.READ;
import static dev.wasmscope.engine.wasi.FileGuest.TRUNCATE;
import static dev.wasmscope.engine.wasi.FileGuest.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.platform.LinuxFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What guests find of WASI's files, whatever serves them.
@ParameterizedClass
@EnumSource(FileGuest.Way.class)
class WasiFilesTest {
    private static final int AGAIN = 6;
    private static final int BADF = 8;
    private static final int EXIST = 20;
    private static final int INVAL = 28;
    private static final int ISDIR = 31;
    private static final int NAMETOOLONG = 37;
    private static final int NOENT = 44;
    private static final int NOTDIR = 54;
    private static final int NOTEMPTY = 55;
    private static final int NOTSUP = 58;
    private static final int NOTCAPABLE = 76;
    private static final int NXIO = 60;
    private static final int KIND = 128 + 16;
    private static final int SIZE = 128 + 32;

    @Parameter
    FileGuest.Way way = FileGuest.Way.LINUX;

    @TempDir
    Path folder = Path.of("");

    private Path granted = Path.of("");
    private FileGuest guest;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(way == FileGuest.Way.JAVA || LinuxFiles.here().isPresent(), "There is no openat2 here.");
        granted = Files.createDirectory(folder.resolve("granted"));
        guest = new FileGuest(way, granted);
    }

    @AfterEach
    void close() {
        if (guest != null) {
            guest.close();
        }
    }

    @Test
    void fileIsMadeOnlyWhenAskedForAndOnceWhenExclusive() {
        assertThat(guest.open("a", 0, WRITE)).isEqualTo(NOENT);
        assertThat(guest.open("a", CREATE | EXCLUSIVE, WRITE)).isZero();
        assertThat(guest.open("a", CREATE | EXCLUSIVE, WRITE)).isEqualTo(EXIST);
        assertThat(guest.open("a", CREATE, WRITE)).isZero();
        assertThat(granted.resolve("a")).isEmptyFile();
    }

    @Test
    void whatWasThereStaysUnlessTruncated() throws IOException {
        Files.writeString(granted.resolve("a"), "long text");
        var kept = guest.opened("a", CREATE, READ | WRITE, 0);
        assertThat(guest.write(kept, "LONG")).isZero();
        assertThat(granted.resolve("a")).hasContent("LONG text");
        var cut = guest.opened("a", TRUNCATE, WRITE, 0);
        assertThat(guest.write(cut, "new")).isZero();
        assertThat(granted.resolve("a")).hasContent("new");
    }

    @Test
    void appendingWritesAtTheEndWhoeverElseWrites() throws IOException {
        var file = guest.opened("a", CREATE, WRITE, APPEND);
        assertThat(guest.write(file, "one")).isZero();
        Files.writeString(granted.resolve("a"), "a longer text of others, ");
        assertThat(guest.write(file, "two")).isZero();
        assertThat(guest.writeAt(file, "three", 0)).isEqualTo(NOTSUP);
        assertThat(granted.resolve("a")).hasContent("a longer text of others, two");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeHoldsUpNobody() throws Exception {
        assumeTrue(way == FileGuest.Way.LINUX, "Elsewhere there are none.");
        var pipe = granted.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(guest.open("pipe", 0, WRITE)).isEqualTo(NXIO);
        var reading = guest.opened("pipe", 0, READ, 0);
        assertThat(guest.read(reading, 10)).isEmpty();
        var writing = guest.opened("pipe", 0, WRITE, 0);
        assertThat(guest.read(reading, 10)).isEqualTo("errno " + AGAIN);
        assertThat(guest.write(writing, "text")).isZero();
        assertThat(guest.read(reading, 10)).isEqualTo("text");
    }

    @Test
    void readingAndWritingTakeTheRightsThatTheFileWasOpenedWith() throws IOException {
        Files.writeString(granted.resolve("a"), "abc");
        assertThat(guest.write(guest.opened("a", 0, READ, 0), "x")).isEqualTo(NOTCAPABLE);
        assertThat(guest.read(guest.opened("a", 0, WRITE, 0), 3)).isEqualTo("errno " + NOTCAPABLE);
        assertThat(granted.resolve("a")).hasContent("abc");
    }

    @Test
    void positionMovesWithReadsAndSeeksAndNotWithReadsAtOne() throws IOException {
        Files.writeString(granted.resolve("a"), "0123456789");
        var file = guest.opened("a", 0, READ | WRITE, 0);
        assertThat(guest.read(file, 4)).isEqualTo("0123");
        assertThat(guest.readAt(file, 3, 7)).isEqualTo("789");
        assertThat(guest.call("fd_tell", file, 0)).isZero();
        assertThat(guest.long64(0)).isEqualTo(4);
        assertThat(guest.call("fd_seek", file, -2, 2, 0)).isZero();
        assertThat(guest.long64(0)).isEqualTo(8);
        assertThat(guest.read(file, 10)).isEqualTo("89");
        assertThat(guest.read(file, 10)).isEmpty();
        assertThat(guest.writeAt(file, "xy", 1)).isZero();
        assertThat(guest.call("fd_seek", file, -1, 0, 0)).isEqualTo(INVAL);
        assertThat(guest.call("fd_seek", file, 0, 3, 0)).isEqualTo(INVAL);
        assertThat(guest.readAt(file, 3, -1)).isEqualTo("errno " + INVAL);
        assertThat(granted.resolve("a")).hasContent("0xy3456789");
    }

    @Test
    void moreThanOneCallOfTheSystemTakesIsReadAndWrittenWhole() throws IOException {
        var text = "0123456789abcdef".repeat(6_000);
        var file = guest.opened("a", CREATE, READ | WRITE, 0);
        assertThat(guest.write(file, text)).isZero();
        assertThat(guest.result()).isEqualTo(text.length());
        assertThat(granted.resolve("a")).hasContent(text);
        assertThat(guest.readAt(file, text.length(), 0)).isEqualTo(text);
    }

    @Test
    void sizeIsChangedAndRoomMade() throws IOException {
        var file = guest.opened("a", CREATE, WRITE | 1L << 22 | 1L << 8, 0);
        assertThat(guest.write(file, "abcdef")).isZero();
        assertThat(guest.call("fd_filestat_set_size", file, 2)).isZero();
        assertThat(granted.resolve("a")).hasContent("ab");
        assertThat(guest.call("fd_allocate", file, 0, 10)).isZero();
        assertThat(granted.resolve("a")).hasSize(10);
        assertThat(guest.call("fd_sync", file)).isZero();
        assertThat(guest.call("fd_datasync", file)).isZero();
        assertThat(guest.call("fd_advise", file, 0, 10, 0)).isZero();
        assertThat(guest.call("fd_filestat_get", file, 128)).isZero();
        assertThat(guest.long64(SIZE)).isEqualTo(10);
        assertThat(guest.long64(KIND)).isEqualTo(4);
    }

    @Test
    void directoryIsOpenedAsOneAndFilesBelowItByIt() throws IOException {
        Files.createDirectory(granted.resolve("sub"));
        Files.writeString(granted.resolve("sub/a"), "deep");
        Files.writeString(granted.resolve("b"), "flat");
        assertThat(guest.open("b", DIRECTORY, READ)).isEqualTo(NOTDIR);
        assertThat(guest.open("sub", 0, WRITE)).isEqualTo(ISDIR);
        var sub = guest.opened("sub", DIRECTORY, READ, 0);
        assertThat(guest.open(sub, FOLLOW, "a", 0, READ, 0)).isZero();
        assertThat(guest.read(guest.result(), 10)).isEqualTo("deep");
        var same = guest.opened("sub", 0, READ, 0);
        assertThat(guest.call("fd_fdstat_get", same, 128)).isZero();
        assertThat(guest.long64(128) & 0xff).isEqualTo(3);
        assertThat(guest.read(same, 10)).isEqualTo("errno " + ISDIR);
        assertThat(guest.open(guest.opened("b", 0, READ, 0), FOLLOW, "a", 0, READ, 0))
                .isEqualTo(NOTDIR);
    }

    @Test
    void linkIsFollowedInsideAndOnlyWhereWanted() throws IOException {
        Files.writeString(granted.resolve("a"), "text");
        Files.createSymbolicLink(granted.resolve("link"), Path.of("a"));
        Files.createSymbolicLink(
                granted.resolve("absolute"), granted.toRealPath().resolve("a"));
        assertThat(guest.read(guest.opened("absolute", 0, READ, 0), 10)).isEqualTo("text");
        assertThat(guest.open(3, 0, "absolute", 0, READ, 0)).isEqualTo(32);
        assertThat(guest.status("link", 0)).isZero();
        assertThat(guest.long64(KIND)).isEqualTo(7);
        assertThat(guest.status("absolute", FOLLOW)).isZero();
        assertThat(guest.long64(KIND)).isEqualTo(4);
        assertThat(guest.long64(SIZE)).isEqualTo(4);
        assertThat(guest.buffer("path_readlink", "link")).isEqualTo("a");
    }

    @Test
    void entriesAreMadeMovedAndRemoved() throws IOException {
        assertThat(guest.path("path_create_directory", "sub")).isZero();
        assertThat(guest.path("path_create_directory", "sub")).isEqualTo(EXIST);
        assertThat(guest.path("path_create_directory", "none/sub")).isEqualTo(NOENT);
        guest.opened("sub/a", CREATE, WRITE, 0);
        assertThat(guest.path("path_remove_directory", "sub")).isEqualTo(NOTEMPTY);
        assertThat(guest.path("path_unlink_file", "sub")).isEqualTo(ISDIR);
        assertThat(guest.path("path_remove_directory", "sub/a")).isEqualTo(NOTDIR);
        assertThat(rename("sub/a", "b")).isZero();
        assertThat(guest.link("b", 0, "c")).isZero();
        assertThat(guest.link("b", 0, "c")).isEqualTo(EXIST);
        assertThat(guest.path("path_remove_directory", "sub")).isZero();
        assertThat(guest.path("path_unlink_file", "b")).isZero();
        assertThat(guest.path("path_unlink_file", "b")).isEqualTo(NOENT);
        assertThat(granted.toFile().list()).containsExactly("c");
    }

    /// Chicory's asks Java for what Java refuses.
    private int rename(String from, String to) throws IOException {
        if (way == FileGuest.Way.LINUX) {
            return guest.paths("path_rename", from, to);
        }
        assertThat(guest.paths("path_rename", from, to)).isEqualTo(NOTSUP);
        Files.move(granted.resolve(from), granted.resolve(to));
        return 0;
    }

    @Test
    void timesAreSet() throws IOException {
        Files.writeString(granted.resolve("a"), "");
        assertThat(guest.setTimes("a", 0, 1_700_000_000_000_000_000L, 4)).isZero();
        assertThat(Files.getLastModifiedTime(granted.resolve("a"))).isEqualTo(FileTime.fromMillis(1_700_000_000_000L));
        assertThat(guest.setTimes("a", 0, 0, 12)).isEqualTo(INVAL);
        var file = guest.opened("a", 0, READ | WRITE, 0);
        assertThat(guest.call("fd_filestat_set_times", file, 0, 5_000_000_000L, 4))
                .isZero();
        assertThat(Files.getLastModifiedTime(granted.resolve("a"))).isEqualTo(FileTime.fromMillis(5_000));
    }

    @Test
    void directoryIsListedInPiecesOfAnySize() throws IOException {
        var names = new ArrayList<>(List.of(".", ".."));
        for (int i = 0; i < 300; i++) {
            names.add("a file with number " + i);
            Files.createFile(granted.resolve(names.getLast()));
        }
        var found = new ArrayList<String>();
        for (long cookie = 0, room = 40; room > 0; room = Math.min(5_000, room * 2)) {
            var piece = guest.entries(3, (int) room, cookie);
            cookie = names(piece, found, cookie);
            if (piece.length < room) {
                break;
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
    }

    private static long names(byte[] entries, List<String> into, long before) {
        var from = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        var cookie = before;
        while (from.remaining() >= 24) {
            var next = from.getLong();
            from.getLong();
            var length = from.getInt();
            from.getInt();
            if (from.remaining() < length) {
                break;
            }
            var name = new byte[length];
            from.get(name);
            into.add(new String(name, StandardCharsets.UTF_8));
            cookie = next;
        }
        return cookie;
    }

    @Test
    void preopenedDirectoriesTellTheirNames() {
        assertThat(guest.call("fd_prestat_get", 3, 128)).isZero();
        assertThat(guest.long64(128)).isEqualTo((long) "/granted".length() << 32);
        assertThat(guest.call("fd_prestat_dir_name", 3, 128, 4)).isEqualTo(NAMETOOLONG);
        assertThat(guest.call("fd_prestat_dir_name", 3, 128, 8)).isZero();
        assertThat(guest.long64(128)).isEqualTo(0x6465746e6172672fL);
        assertThat(guest.call("fd_prestat_get", 4, 128)).isEqualTo(BADF);
    }

    @Test
    void descriptorsAreTheLowestFreeAndMove() throws IOException {
        Files.writeString(granted.resolve("a"), "text");
        assertThat(guest.opened("a", 0, READ, 0)).isEqualTo(4);
        assertThat(guest.opened("a", 0, READ, 0)).isEqualTo(5);
        assertThat(guest.read(5, 2)).isEqualTo("te");
        assertThat(guest.call("fd_renumber", 5, 4)).isZero();
        assertThat(guest.read(4, 2)).isEqualTo("xt");
        assertThat(guest.read(5, 2)).isEqualTo("errno " + BADF);
        assertThat(guest.call("fd_renumber", 4, 9)).isEqualTo(BADF);
        assertThat(guest.call("fd_renumber", 4, -1)).isEqualTo(BADF);
        assertThat(guest.call("fd_close", 4)).isZero();
        assertThat(guest.call("fd_close", 4)).isEqualTo(BADF);
        assertThat(guest.opened("a", 0, READ, 0)).isEqualTo(4);
    }

    @Test
    void fileInTheStandardOutputsPlaceGetsWhatIsWrittenThere() {
        var file = guest.opened("a", CREATE, WRITE, 0);
        assertThat(guest.call("fd_renumber", file, 1)).isZero();
        assertThat(guest.write(1, "to the file")).isZero();
        assertThat(granted.resolve("a")).hasContent("to the file");
    }

    @Test
    void pathThatCanBeNoneIsRefused() {
        assertThat(guest.open("a\0b", CREATE, WRITE)).isNotZero();
        assertThat(guest.open("", CREATE, WRITE)).isNotZero();
        assertThat(guest.open("x".repeat(300), CREATE, WRITE)).isNotZero();
        assertThat(granted.toFile().list()).isEmpty();
    }
}
