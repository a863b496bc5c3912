package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `shm-cli` ends with its server, however much there is left to ask. How soon is in docs/reliability.md.
class KilledServerOfCommandsTest extends LeavesNothing {
    private final Random random = new Random(6);

    @Test
    void killedNativeServersEndTheCommandThatAsksThem() throws Exception {
        for (var round = 0; round < 3; round++) {
            var redis = NativeRedis.start(directories());
            killServerOfCommands(redis, redis.pid().orElseThrow(), redis::close);
        }
    }

    @Test
    void aKilledServerInWasmEndsTheCommandThatAsksIt() throws Exception {
        InWasm.assumePresent();
        var redis = ServedRedis.start(directories());
        killServerOfCommands(redis, redis.pid().orElseThrow(), redis::close);
    }

    /// One that counts and has more to ask, and one that waits for somebody to type.
    private void killServerOfCommands(RedisTarget server, long pid, FaultsTest.Ending ending) throws Exception {
        var address = server.transport("unix").orElseThrow().address();
        var idle = RedisWithModule.client(address);
        var busy = RedisWithModule.client(address);
        try {
            idle.outputWriter().write("PING\n");
            idle.outputWriter().flush();
            assertThat(idle.inputReader().readLine()).isEqualTo("+PONG");
            FaultsTest.feed(busy);
            assertThat(busy.inputReader().readLine()).isEqualTo(":1");
            assertThat(Traces.rings(busy.pid())).isEqualTo(1);
            var said = CompletableFuture.supplyAsync(() -> rest(busy), Thread::startVirtualThread);
            Thread.sleep(random.nextInt(40));
            var killed = System.nanoTime();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            HostileServerTest.ends(idle, "the server has gone");
            HostileServerTest.endsWith3(busy);
            assertThat(System.nanoTime() - killed).isLessThan(FaultsTest.NOTICED.toNanos());

            var lines = said.get(FaultsTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(lines.removeLast()).endsWith("is lost: the server has gone");
            var expected = 2;
            for (var line : lines) {
                assertThat(line).isEqualTo(":" + expected++);
            }
        } finally {
            idle.destroyForcibly().waitFor();
            busy.destroyForcibly().waitFor();
            ending.end();
        }
    }

    private static List<String> rest(Process client) {
        return new ArrayList<>(client.inputReader().lines().toList());
    }
}
