package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random and malformed requests. `mvn -Pfuzz -pl engine -am test` sends a million, `docs/reliability.md` has its
/// figures.
class RequestFuzzTest {
    /// Of one server; the next has the next seed, so that what fails can be had again in seconds.
    private static final int EACH = 5_000;
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 20_000);
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsTheModule() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    @Test
    void noRequestTrapsOrLeadsToAnErrorOfNoKnownKind() throws Exception {
        var all = new FuzzTally();
        for (long seed = FIRST_SEED; all.requests() < REQUESTS; seed++) {
            var each = seed;
            all.add(Tried.on(() -> FuzzRun.run(each, EACH, Optional.empty())));
            if (REQUESTS > 100_000) {
                System.out.println("seed " + seed + ": " + all);
            }
        }
        System.out.println("fuzz: " + all);
        assertThat(all.errors()).containsKeys("ERR", "WRONGTYPE", "NOSCRIPT");
        assertThat(all.mostPages()).isLessThanOrEqualTo(FuzzRun.MOST_PAGES);
    }

    @Test
    void aRunLeadsToTheSameMemoryOnV8() throws Exception {
        // A seed that nobody chose belongs into the long run: what it finds is to be looked into, not to stop a build.
        var seed = REQUESTS > 100_000 ? ThreadLocalRandom.current().nextLong() : FIRST_SEED + 100;
        System.out.println("fuzz: seed " + seed + " on V8, too");
        var journal = folder.resolve("journal");
        var tally = Tried.on(() -> FuzzRun.run(seed, EACH / 2, Optional.of(journal)));
        var result = Tried.on(() -> {
            try (var verification = new Verification(journal, RedisModule.load(), List.of(Tried.COMPILER))) {
                verification.addV8(RedisModule.olderExceptions());
                return verification.run(_ -> {});
            }
        });
        assertThat(result.difference()).as("seed %d, %s", seed, tally).isEmpty();
        assertThat(result.events()).isGreaterThan(EACH / 2);
    }

    @Test
    void claimedLengthsTakeNoMoreThanTheClientsShareOfTheMemory() throws Exception {
        var grown = Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var before = redis.memory().pages();
                for (int i = 0; i < 200; i++) {
                    redis.handle(
                            redis.connect(),
                            ByteBuffer.wrap(FuzzedBytes.latin("*1000000\r\n$500000000\r\nx")),
                            (_, _, _) -> {});
                    redis.handle(
                            redis.connect(),
                            ByteBuffer.wrap(FuzzedBytes.latin("*2\r\n$3\r\nGET\r\n$60000000\r\nx")),
                            (_, _, _) -> {});
                }
                return redis.memory().pages() - before;
            }
        });
        // Redis makes room for a large string that was announced, within maxmemory-clients: an eighth of the memory.
        assertThat(grown).isLessThan(WasmRedisOptions.USUAL_LIMITS.memoryPages() / 4);
    }
}
