package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Clients come, work over shared memory, and go, politely or killed, for as long as `wasmscope.soak.minutes` says:
/// memory, descriptors and threads of servers and of this process are afterwards what they were.
@EnabledIfSystemProperty(named = SoakTest.MINUTES, matches = "\\d+")
class SoakTest {
    static final String MINUTES = "wasmscope.soak.minutes";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// A server's allocator keeps some of what it had.
    private static final long MORE_KIB = 64 * 1024;

    @TempDir
    Path temporary;

    private final Random random = new Random(9);

    /// @param memory of the process, in KiB
    /// @param needed what must not grow of it: a JVM fills its heap before it collects, so there only what is alive
    private record Held(long memory, long needed, int descriptors, int threads) {
        static Held by(long pid, boolean java) throws Exception {
            var memory = Traces.memory(pid);
            var needed = java ? Traces.liveHeap(pid) : memory;
            return new Held(memory, needed, Traces.descriptors(pid), Traces.threads(pid));
        }
    }

    @Test
    void nothingGrowsUnderClientsThatComeAndGo() throws Exception {
        var directories = new Directories(temporary, temporary, temporary, temporary.resolve("run"));
        try (var nativeRedis = NativeRedis.start(directories);
                var wasm = ServedRedis.start(directories)) {
            var servers = List.<RedisTarget>of(nativeRedis, wasm);
            // The first is C, the others are JVMs.
            var pids = List.of(
                    nativeRedis.pid().orElseThrow(),
                    wasm.pid().orElseThrow(),
                    ProcessHandle.current().pid());
            // What is compiled, pooled and cached by then is not counted.
            var warm = run(servers, Duration.ofSeconds(20));
            var before = held(pids);
            var minutes = Integer.getInteger(MINUTES);
            var commands = run(servers, Duration.ofMinutes(minutes));
            FaultsTest.await(() -> Traces.rings(pids.get(0)) + Traces.rings(pids.get(1)) == 0);
            var after = held(pids);
            System.out.printf("soak: %d min, %,d commands after %,d to warm up%n", minutes, commands, warm);
            var names = List.of("native Redis", "Redis in Wasm", "this process");
            for (var i = 0; i < names.size(); i++) {
                System.out.printf("soak: %s: %s, then %s%n", names.get(i), before.get(i), after.get(i));
                assertThat(after.get(i).descriptors())
                        .isLessThanOrEqualTo(before.get(i).descriptors() + 8);
                assertThat(after.get(i).threads())
                        .isLessThanOrEqualTo(before.get(i).threads() + 8);
                assertThat(after.get(i).needed()).isLessThan(before.get(i).needed() + MORE_KIB);
            }
        }
    }

    private static List<Held> held(List<Long> pids) throws Exception {
        var all = new ArrayList<Held>();
        for (var i = 0; i < pids.size(); i++) {
            all.add(Held.by(pids.get(i), i > 0));
        }
        return all;
    }

    private long run(List<RedisTarget> servers, Duration time) throws Exception {
        var commands = 0L;
        for (var until = System.nanoTime() + time.toNanos(); System.nanoTime() < until; ) {
            for (var server : servers) {
                commands += random.nextInt(4) == 0 ? killed(server) : polite(server);
            }
        }
        return commands;
    }

    private long polite(RedisTarget server) throws Exception {
        try (var client = RedisClient.connect(server.transport("shm").orElseThrow(), RedisLogin.NONE, _ -> {})) {
            var batch = new ArrayList<List<byte[]>>();
            for (var i = 0; i < 500; i++) {
                var value = "x".repeat(random.nextInt(2000));
                batch.add(words("SET", "key:" + random.nextInt(1000), value));
                batch.add(words("GET", "key:" + random.nextInt(1000)));
            }
            batch.add(words("CLIENT", "GETNAME"));
            for (var reply : client.sendAll(batch)) {
                assertThat(reply.get().value()).isNotInstanceOf(RespValue.SimpleError.class);
            }
            var large = "y".repeat(300_000);
            client.ask(PATIENCE, "SET", "large", large);
            assertThat(client.ask(PATIENCE, "STRLEN", "large").value()).isEqualTo(new RespValue.Int(large.length()));
            return batch.size() + 2L;
        }
    }

    private long killed(RedisTarget server) throws Exception {
        var client =
                RedisWithModule.client(server.transport("unix").orElseThrow().address(), "--latency", "--rate", "0");
        Thread.sleep(20 + random.nextInt(60));
        client.destroyForcibly().waitFor();
        return 0;
    }

    private static List<byte[]> words(String... words) {
        return List.of(words).stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
