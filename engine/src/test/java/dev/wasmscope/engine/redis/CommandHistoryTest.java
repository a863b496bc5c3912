package dev.wasmscope.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandHistoryTest {
    @TempDir
    Path temporary;

    @Test
    void linesAreThereAgainAfterwards() throws IOException {
        var history = open();
        history.add("SET a 1");
        history.add("GET a");
        history.add("GET a");
        history.save();

        assertThat(open().lines()).containsExactly("SET a 1", "GET a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH secret",
                "auth user secret",
                "HELLO 3 AUTH u p",
                "ACL SETUSER u >p",
                "CONFIG SET requirepass x",
                " GET hidden",
                "",
                "  "
            })
    void passwordsAndHiddenLinesAreNotKept(String line) {
        assertThat(open().add(line)).isFalse();
    }

    @Test
    void oldestLinesMakeRoom() throws IOException {
        var history = open();
        for (var i = 0; i < CommandHistory.MOST + 10; i++) {
            history.add("GET " + i);
        }
        history.save();

        assertThat(open().lines()).hasSize(CommandHistory.MOST).startsWith("GET 10");
    }

    @Test
    void searchGoesBackFromLineToLine() {
        var history = open();
        history.add("SET key 1");
        history.add("GET key");
        history.add("PING");

        assertThat(history.search("KEY", history.lines().size())).contains(1);
        assertThat(history.search("key", 1)).contains(0);
        assertThat(history.search("key", 0)).isEmpty();
    }

    @Test
    void unreadableFileIsSetAsideAndReported() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        var opened = CommandHistory.open(file());

        assertThat(opened.history().lines()).isEmpty();
        assertThat(opened.complaint())
                .hasValueSatisfying(text -> assertThat(text).contains("set aside"));
        assertThat(file().resolveSibling("history.unreadable")).exists();
    }

    @Test
    void directoryInItsPlaceIsReported() throws IOException {
        Files.createDirectory(file());

        assertThat(CommandHistory.open(file()).complaint()).isPresent();
    }

    private CommandHistory open() {
        return CommandHistory.open(file()).history();
    }

    private Path file() {
        return temporary.resolve("history");
    }
}
