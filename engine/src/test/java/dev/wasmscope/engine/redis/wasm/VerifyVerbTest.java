package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void needsTheModule() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    private Path journal(int keys) throws Exception {
        var path = folder.resolve("j");
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options().withJournal(path, Fsync.NO), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                for (int i = 0; i < keys; i++) {
                    redis.clock(Tried.START + i * 1000L);
                    tried.call(client, "SADD", "s", "m" + i);
                    tried.call(client, "SRANDMEMBER", "s");
                }
                redis.tick((_, _, _) -> {});
                redis.commit();
            }
            return null;
        });
        return path;
    }

    private int verify(String... arguments) {
        return new VerifyVerb()
                .run(
                        List.of(arguments),
                        new Verb.Terminal(new ByteArrayInputStream(new byte[0]), print(out), print(err)));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Test
    void compilerAndInterpreterAgreeOnRepliesAndMemory() throws Exception {
        var path = journal(10);
        assertThat(verify(path.toString(), "--json")).isZero();
        var json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("equal").asBoolean()).isTrue();
        assertThat(json.get("events").asLong()).isEqualTo(32);
        assertThat(json.get("hash").asText()).matches("[0-9a-f]{64}");
        assertThat(json.get("firstDifference").isNull()).isTrue();
    }

    @Test
    void anotherSeedAtAnEventIsFoundAtThatEvent() throws Exception {
        var path = journal(1000);
        for (long planted : new long[] {1, 777, 2500}) {
            var found = Tried.on(() -> {
                var compiler = Runtimes.builtIn().getFirst();
                try (var verification = new Verification(path, RedisModule.load(), List.of(compiler, compiler))) {
                    verification.plantSeed(planted, 99);
                    return verification.run(_ -> {}).difference().orElseThrow();
                }
            });
            assertThat(found.event()).isEqualTo(planted);
        }
    }

    @Test
    void v8RepliesTheSameAndHasTheSameMemoryByteForByte() throws Exception {
        var path = journal(300);
        assertThat(verify(path.toString(), "--runtime", "compiler,v8", "--json"))
                .withFailMessage(() -> err.toString(StandardCharsets.UTF_8) + out.toString(StandardCharsets.UTF_8))
                .isZero();
        var json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("equal").asBoolean()).isTrue();
        assertThat(json.get("runtimes").get(1).asText()).startsWith("V8 ");
    }

    @Test
    void anotherSeedOnV8IsFoundAtItsEvent() throws Exception {
        var path = journal(500);
        for (long planted : new long[] {1, 700, 1400}) {
            var found = Tried.on(() -> {
                try (var verification = new Verification(path, RedisModule.load(), List.of(Tried.COMPILER))) {
                    verification.addV8(RedisModule.olderExceptions());
                    verification.plantSeed(planted, 99);
                    return verification.run(_ -> {}).difference().orElseThrow();
                }
            });
            assertThat(found.event()).isEqualTo(planted);
            assertThat(found.what()).contains("instance 2 (V8");
        }
    }

    @Test
    void whatIsNoJournalIsUnreadableInput() throws Exception {
        var text = Files.writeString(folder.resolve("text"), "this is not a journal of Redis in Wasm");
        assertThat(verify(text.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is no journal of Wasmscope");
        assertThat(verify(folder.resolve("missing").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no file or folder");
        assertThat(verify(text.toString(), "--runtime", "v9")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("There is no runtime v9; there are compiler, interpreter, v8");
    }
}
