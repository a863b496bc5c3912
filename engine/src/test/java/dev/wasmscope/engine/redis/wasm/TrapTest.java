package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real traps: Redis's own ways to crash end in `unreachable`.
class TrapTest {
    @TempDir
    Path folder;

    @BeforeEach
    void module() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    private WasmRedis open() {
        return WasmRedis.open(Tried.options().withJournal(folder.resolve("j"), Fsync.ALWAYS), Tried.COMPILER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PANIC", "SEGFAULT", "ASSERT"})
    void trapCostsTheRequestAndNothingElse(String crash) throws Exception {
        costsTheRequestAndNothingElse(crash, 1, "-ERR Redis in Wasm trapped (unreachable); this request is undone\r\n");
    }

    /// Where Redis would abort because the memory ends in the middle of a request. It is no trap.
    @Test
    void theEndOfTheMemoryCostsTheRequestAndNothingElse() throws Exception {
        costsTheRequestAndNothingElse("OOM", 0, "-OOM There is not enough memory for this request; it is undone\r\n");
    }

    private void costsTheRequestAndNothingElse(String crash, int traps, String answer) throws Exception {
        var before = Tried.on(() -> {
            try (var redis = open()) {
                var tried = new Tried(redis);
                int crashing = redis.connect();
                int other = redis.connect();
                tried.call(other, "SELECT", "3");
                tried.call(other, "MULTI");
                tried.call(other, "SET", "queued", "1");
                tried.call(crashing, "SET", "before", "1");

                assertThat(tried.call(crashing, "DEBUG", crash)).isEqualTo(answer);

                assertThat(redis.traps()).isEqualTo(traps);
                assertThat(tried.call(crashing, "GET", "before")).isEqualTo("$1\r\n1\r\n");
                assertThat(tried.call(other, "EXEC")).isEqualTo("*1\r\n+OK\r\n");
                assertThat(tried.call(other, "DBSIZE")).isEqualTo(":1\r\n");
                // Among others, only the one at fault is undone.
                assertThat(tried.send(
                                crashing,
                                Tried.command("INCR", "n")
                                        + Tried.command("DEBUG", crash)
                                        + Tried.command("INCR", "n")))
                        .contains(":1\r\n", answer, ":2\r\n");
                return tried.call(crashing, "DEBUG", "DIGEST");
            }
        });
        Tried.on(() -> {
            try (var redis = open()) {
                assertThat(new Tried(redis).call(redis.connect(), "DEBUG", "DIGEST"))
                        .isEqualTo(before);
            }
            return null;
        });
    }
}
