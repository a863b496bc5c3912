package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal in several segments, of which the oldest are dropped.
class JournalSegmentsTest {
    private static final int IMAGE_EVERY = 100_000;

    @TempDir
    Path folder;

    @BeforeEach
    void module() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    private static WasmRedis open(Path journal, int keep) {
        var policy = new JournalPolicy(Fsync.NO, keep, IMAGE_EVERY);
        return WasmRedis.open(Tried.options().withJournal(journal, policy), Tried.COMPILER);
    }

    /// @return the digest of the data
    private static String work(Path journal, int keep, int images) throws Exception {
        return Tried.on(() -> {
            try (var redis = open(journal, keep)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                for (int i = 0; i < images; i++) {
                    tried.call(client, "INCR", "round");
                    tried.call(client, "APPEND", "log", ("round " + i).repeat(IMAGE_EVERY / 7));
                    // The next one begins only when this one is written.
                    redis.awaitImage();
                }
                return tried.call(client, "DEBUG", "DIGEST");
            }
        });
    }

    private static String digest(Path journal) throws Exception {
        return work(journal, JournalPolicy.ALL, 0);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path copy(String name) throws IOException {
        var to = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to.resolve("j");
    }

    @Test
    void onlyTheImagesToKeepAndTheLogAfterThemStay() throws Exception {
        var journal = folder.resolve("j");
        var before = work(journal, 2, 6);

        assertThat(names()).containsExactly("j", "j.5", "j.5.image", "j.6", "j.6.image");
        assertThat(Files.size(journal)).isLessThan(200);
        for (var name : names()) {
            var mode = Files.getPosixFilePermissions(folder.resolve(name));
            assertThat(PosixFilePermissions.toString(mode)).as(name).isEqualTo("rw-------");
        }
        assertThat(digest(journal)).isEqualTo(before);
        Tried.on(() -> {
            try (var verification =
                    new Verification(journal, RedisModule.load(), List.of(Tried.COMPILER, Tried.COMPILER))) {
                var result = verification.run(_ -> {});
                assertThat(result.difference()).isEmpty();
                assertThat(result.from()).isPositive();
                assertThat(result.events()).isPositive();
            }
            return null;
        });
    }

    @Test
    void anOlderImageStandsInForOneThatIsDamaged() throws Exception {
        var journal = folder.resolve("j");
        var before = work(journal, 2, 4);
        damage(folder.resolve("j.4.image"));
        Tried.on(() -> {
            try (var redis = open(journal, 2)) {
                var recovery = redis.recovery().orElseThrow();
                assertThat(recovery.fromImage()).isTrue();
                assertThat(recovery.sentence()).contains("j.4.image cannot be used: its checksum does not match.");
            }
            return null;
        });
        assertThat(digest(journal)).isEqualTo(before);
        assertThat(names()).contains("j.image.damaged", "j.5.image").doesNotContain("j.4.image");
        damage(folder.resolve("j.3.image"));
        damage(folder.resolve("j.5.image"));
        Tried.on(() -> {
            assertThatThrownBy(() -> open(journal, 2))
                    .isInstanceOf(WasmRedisException.class)
                    .hasMessageContaining("was dropped, and no image leads to what is there")
                    .hasMessageContaining("j.3.image")
                    .hasMessageContaining("j.5.image");
            return null;
        });
    }

    private static void damage(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /// Every state of the disk that a kill can leave between the steps.
    @Test
    void nothingIsLostWhereverDroppingIsCutShort() throws Exception {
        var before = work(folder.resolve("j"), JournalPolicy.ALL, 3);
        assertThat(names()).contains("j.1", "j.2", "j.3", "j.3.image");
        var steps = List.<Step>of(
                _ -> {},
                f -> Files.write(f.resolve("j.3.image123.tmp"), new byte[100]),
                f -> Files.write(f.resolve("j.4123.tmp"), new byte[7]),
                f -> Files.delete(f.resolve("j.3.image")),
                f -> truncateHead(f.resolve("j")),
                f -> Files.delete(f.resolve("j.1")),
                f -> Files.delete(f.resolve("j.1.image")));
        for (int done = 1; done <= steps.size(); done++) {
            var copy = copy("cut" + done);
            for (var step : steps.subList(0, done)) {
                step.on(copy.resolveSibling(""));
            }
            assertThat(digest(copy)).as("after %d steps", done).isEqualTo(before);
            try (var left = Files.list(copy.resolveSibling(""))) {
                assertThat(left).noneMatch(file -> file.toString().endsWith(".tmp"));
            }
        }
    }

    private interface Step {
        void on(Path folder) throws IOException;
    }

    private static void truncateHead(Path head) throws IOException {
        try (var file = java.nio.channels.FileChannel.open(head, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var start = java.nio.ByteBuffer.allocate(4096);
            file.read(start, 0);
            file.truncate(JournalHeader.parse("head", start.flip()).length());
        }
    }

    @Test
    void missingFilesAreNamedAndNothingIsBegunAnewInTheirPlace() throws Exception {
        work(folder.resolve("j"), JournalPolicy.ALL, 3);
        Stream.of("j", "j.2", "j.3").forEach(missing -> {
            try {
                var copy = copy("without " + missing);
                Files.delete(copy.resolveSibling(missing));
                Files.deleteIfExists(copy.resolveSibling(missing + ".image"));
                if (missing.equals("j.2")) {
                    Files.delete(copy.resolveSibling("j.3.image"));
                }
                Files.deleteIfExists(copy.resolveSibling("j.1.image"));
                if (missing.equals("j.3")) {
                    Files.write(copy.resolveSibling("j.3.image"), new byte[10]);
                }
                Tried.on(() -> {
                    assertThatThrownBy(() -> open(copy, 2))
                            .isInstanceOf(WasmRedisException.class)
                            .hasMessageContaining(missing.equals("j.2") ? "has a gap" : "from a copy");
                    return null;
                });
            } catch (Exception e) {
                throw new AssertionError(missing, e);
            }
        });
    }

    @Test
    void aTornTailInTheMiddleIsDamage() throws Exception {
        var journal = folder.resolve("j");
        work(journal, JournalPolicy.ALL, 2);
        Files.delete(folder.resolve("j.1.image"));
        Files.delete(folder.resolve("j.2.image"));
        Files.write(folder.resolve("j.1"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        Tried.on(() -> {
            assertThatThrownBy(() -> open(journal, 2))
                    .isInstanceOf(WasmRedisException.class)
                    .hasMessageContaining("j.1 is damaged at offset");
            return null;
        });
    }

    @Test
    void anImageThatCannotBeWrittenIsReportedAndTheLogGoesOn() throws Exception {
        var journal = folder.resolve("j");
        Tried.on(() -> {
            try (var redis = open(journal, 1)) {
                // In the way of the image of segment 1.
                Files.createDirectories(folder.resolve("j.1.image").resolve("x"));
                var tried = new Tried(redis);
                int client = redis.connect();
                tried.call(client, "SET", "a", "x".repeat(2 * IMAGE_EVERY));
                redis.awaitImage();
                var status = redis.journal().orElseThrow();
                assertThat(status.problem().orElseThrow()).contains("j.1.image cannot be written");
                assertThat(status.segments()).isEqualTo(2);
                Files.delete(folder.resolve("j.1.image").resolve("x"));
                tried.call(client, "SET", "b", "x".repeat(2 * IMAGE_EVERY));
                redis.awaitImage();
                status = redis.journal().orElseThrow();
                assertThat(status.problem()).isEmpty();
                assertThat(status.file()).isEqualTo(journal.toAbsolutePath());
                assertThat(status.bytes()).isGreaterThan(IMAGE_EVERY);
            }
            return null;
        });
        Tried.on(() -> {
            try (var redis = open(journal, 1)) {
                assertThat(new Tried(redis).call(redis.connect(), "DBSIZE")).isEqualTo(":2\r\n");
            }
            return null;
        });
    }
}
