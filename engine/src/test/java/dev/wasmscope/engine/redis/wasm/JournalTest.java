package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private WasmRedis open() {
        return WasmRedis.open(Tried.options().withJournal(folder.resolve("j"), Fsync.NO), Tried.COMPILER);
    }

    /// Sets keys from `first` to before `end`, one a turn.
    private String work(int first, int end) throws Exception {
        return Tried.on(() -> {
            try (var redis = open()) {
                var tried = new Tried(redis);
                int client = redis.connect();
                for (int i = first; i < end; i++) {
                    tried.call(client, "SET", "k" + i, "v" + i);
                }
                return tried.call(client, "DEBUG", "DIGEST");
            }
        });
    }

    private String digest() throws Exception {
        return work(0, 0);
    }

    @Test
    void aServerComesBackWithItsData() throws Exception {
        var before = work(0, 50);
        Tried.on(() -> {
            try (var redis = open()) {
                assertThat(redis.recovery().orElseThrow().events()).isGreaterThan(50);
                var tried = new Tried(redis);
                int client = redis.connect();
                assertThat(tried.call(client, "DEBUG", "DIGEST")).isEqualTo(before);
                assertThat(tried.call(client, "CLIENT", "LIST").split("\n")).hasSize(3);
            }
            return null;
        });
    }

    @Test
    void aTornTailIsCutAndReported() throws Exception {
        work(0, 10);
        var whole = Files.size(folder.resolve("j"));
        Files.write(folder.resolve("j"), new byte[] {100, 0, 0, 0, 1, 2, 3}, StandardOpenOption.APPEND);
        Tried.on(() -> {
            try (var redis = open()) {
                var recovery = redis.recovery().orElseThrow();
                assertThat(recovery.cutBytes()).isEqualTo(7);
                assertThat(recovery.sentence()).contains("A torn tail of 7 bytes was cut");
                assertThat(new Tried(redis).call(redis.connect(), "DBSIZE")).isEqualTo(":10\r\n");
            }
            return null;
        });
        assertThat(Files.size(folder.resolve("j"))).isGreaterThan(whole);
        assertThat(digest()).isNotEmpty();
    }

    @Test
    void everyPlaceWhereAJournalCanBeTornLeadsToAPrefixOfItsData() throws Exception {
        work(0, 5);
        var bytes = Files.readAllBytes(folder.resolve("j"));
        for (int cut = bytes.length - 1; cut > bytes.length - 60; cut -= 7) {
            Files.write(folder.resolve("j"), Arrays.copyOf(bytes, cut));
            Tried.on(() -> {
                try (var redis = open()) {
                    var tried = new Tried(redis);
                    int client = redis.connect();
                    var size = Integer.parseInt(
                            tried.call(client, "DBSIZE").substring(1).strip());
                    for (int i = 0; i < size; i++) {
                        assertThat(tried.call(client, "GET", "k" + i)).isEqualTo("$2\r\nv" + i + "\r\n");
                    }
                }
                return null;
            });
        }
    }

    @Test
    void damageInTheMiddleIsNamedByItsOffsetAndNothingIsCut() throws Exception {
        work(0, 20);
        var bytes = Files.readAllBytes(folder.resolve("j"));
        var middle = bytes.length / 2;
        bytes[middle] ^= 1;
        Files.write(folder.resolve("j"), bytes);
        Tried.on(() -> {
            assertThatThrownBy(this::open)
                    .isInstanceOf(WasmRedisException.class)
                    .hasMessageContaining("is damaged at offset")
                    .satisfies(e -> {
                        var named = Long.parseLong(String.valueOf(e.getMessage())
                                .replaceAll("(?s).*offset ([\\d,]+),.*", "$1")
                                .replace(",", ""));
                        assertThat(named).isBetween(middle - 100L, (long) middle);
                    });
            return null;
        });
        assertThat(Files.readAllBytes(folder.resolve("j"))).isEqualTo(bytes);
    }

    @Test
    void otherFilesAreNoJournals() throws Exception {
        for (var text : List.of("short", "a text that is longer than the header of a journal")) {
            Files.writeString(folder.resolve("j"), text);
            Tried.on(() -> {
                assertThatThrownBy(this::open)
                        .isInstanceOf(WasmRedisException.class)
                        .hasMessageContaining("is no journal of Wasmscope");
                return null;
            });
            assertThat(folder.resolve("j")).hasContent(text);
        }
    }

    @Test
    void aJournalOfAnotherModuleIsRefused() throws Exception {
        var header = new JournalHeader(
                UUID.randomUUID(),
                "ab".repeat(32),
                new RedisInstance.Start(List.of(), 1, Tried.START, WasmRedisOptions.USUAL_LIMITS));
        Files.write(folder.resolve("j"), header.encode());
        Tried.on(() -> {
            assertThatThrownBy(this::open)
                    .isInstanceOf(WasmRedisException.class)
                    .hasMessageContaining("was written by another build of redis.wasm (abababababab, and this is ");
            return null;
        });
    }

    @Test
    void aSecondServerIsRefused() throws Exception {
        Tried.on(() -> {
            try (var _ = open()) {
                assertThatThrownBy(this::open)
                        .isInstanceOf(WasmRedisException.class)
                        .hasMessageContaining("is in use by another server");
            }
            return null;
        });
    }

    @Test
    void anImageSavesReplayingWhatCameBeforeIt() throws Exception {
        var large = "x".repeat(50_000);
        var before = Tried.on(() -> {
            try (var redis = open()) {
                var tried = new Tried(redis);
                int client = redis.connect();
                for (int i = 0; i < 40; i++) {
                    tried.call(client, "SET", "k" + i, large);
                }
                return tried.call(client, "DEBUG", "DIGEST");
            }
        });
        assertThat(folder.resolve("j.1.image")).exists();
        Tried.on(() -> {
            try (var redis = open()) {
                var recovery = redis.recovery().orElseThrow();
                assertThat(recovery.fromImage()).isTrue();
                assertThat(recovery.events()).isLessThan(5);
            }
            return null;
        });
        assertThat(digest()).isEqualTo(before);
        damage(folder.resolve("j.1.image"));
        Tried.on(() -> {
            try (var redis = open()) {
                var recovery = redis.recovery().orElseThrow();
                assertThat(recovery.fromImage()).isFalse();
                assertThat(recovery.sentence())
                        .contains("its checksum does not match. The whole journal was replayed instead.");
            }
            return null;
        });
        assertThat(digest()).isEqualTo(before);
    }

    private static void damage(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aRequestThatTrappedIsRecordedAndNeverReplayed() throws Exception {
        var before = Tried.on(() -> {
            var limits = WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofMillis(300));
            var options = Tried.options().withLimits(limits).withJournal(folder.resolve("j"), Fsync.NO);
            try (var redis = WasmRedis.open(options, Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                tried.call(client, "SET", "a", "1");
                tried.call(client, "EVAL", "while true do end", "0");
                tried.call(client, "SET", "b", "2");
                return tried.call(client, "DEBUG", "DIGEST");
            }
        });
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void aServerThatWasShutDownStartsAgainWithItsData() throws Exception {
        Tried.on(() -> {
            try (var redis = open()) {
                var tried = new Tried(redis);
                int client = redis.connect();
                tried.call(client, "SET", "a", "1");
                assertThat(redis.exitCode()).isEmpty();
                var both = Tried.command("SET", "b", "2") + Tried.command("SHUTDOWN", "NOSAVE");
                assertThat(tried.send(client, both))
                        .startsWith(client + ":+OK\r\n")
                        .contains(client + "!");
                assertThat(redis.exitCode()).hasValue(0);
                assertThat(redis.connect()).isZero();
            }
            return null;
        });
        Tried.on(() -> {
            try (var redis = open()) {
                assertThat(new Tried(redis).call(redis.connect(), "MGET", "a", "b"))
                        .isEqualTo("*2\r\n$1\r\n1\r\n$1\r\n2\r\n");
            }
            return null;
        });
    }

    @Test
    void everyEventIsReadBackAsItWasWritten() {
        var log = new EventBuffer();
        log.connected(-1);
        log.disconnected(300, 5);
        log.received(3, ByteBuffer.wrap(new byte[] {1, 2, 3}), -7);
        log.ticked(9);
        log.clockSet(Tried.START);
        log.seedSet(-1);
        log.filePut("dump.rdb", ByteBuffer.wrap(new byte[100_000]), 0);
        log.fileDeleted("ä", 2);
        log.fileRead("x");
        log.trapped(0, ByteBuffer.allocate(0), "why");
        log.trapped(4, ByteBuffer.wrap(new byte[] {9}), "why");
        var reader = new EventReader(log.view(0), 0);
        assertThat(reader.next()).isEqualTo(new Event.Connected(-1));
        assertThat(reader.next()).isEqualTo(new Event.Disconnected(300, 5));
        assertThat(reader.next()).isEqualTo(new Event.Received(3, ByteBuffer.wrap(new byte[] {1, 2, 3}), -7));
        assertThat(reader.next()).isEqualTo(new Event.Ticked(9));
        assertThat(reader.next()).isEqualTo(new Event.ClockSet(Tried.START));
        assertThat(reader.next()).isEqualTo(new Event.SeedSet(-1));
        assertThat(reader.next()).isEqualTo(new Event.FilePut("dump.rdb", ByteBuffer.allocate(100_000), 0));
        assertThat(reader.next()).isEqualTo(new Event.FileDeleted("ä", 2));
        assertThat(reader.next()).isEqualTo(new Event.FileRead("x"));
        assertThat(reader.next()).isEqualTo(new Event.Trapped(Optional.empty(), ByteBuffer.allocate(0), "why"));
        assertThat(reader.next()).isEqualTo(new Event.Trapped(Optional.of(4), ByteBuffer.wrap(new byte[] {9}), "why"));
        assertThat(reader.more()).isFalse();
    }

    @Test
    void anEventThatClaimsMoreBytesThanThereAreIsRefusedWithItsOffset() {
        var bytes = ByteBuffer.wrap(new byte[] {EventType.RECEIVED, 3, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 1});
        assertThatThrownBy(() -> new EventReader(bytes, 1000).next())
                .isInstanceOf(WasmRedisException.class)
                .hasMessageContaining("offset 1000");
    }
}
