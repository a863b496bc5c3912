package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis makes its clients wait, or turns them away: those of the rings as well.
class HeldUpTest {
    private static final long MOMENT_MILLIS = 300;

    @TempDir
    Path directory;

    @Test
    void pausedWritesWaitAndReadsDoNot() throws Exception {
        try (var redis = RedisWithModule.start(directory, "--appendonly", "yes");
                var writer = redis.asking();
                var transaction = redis.asking();
                var reader = redis.asking()) {
            for (var client : List.of(writer, transaction, reader)) {
                assertThat(client.now("GET a")).isEqualTo("$-1");
            }
            redis.cli("CLIENT PAUSE 100000 WRITE\n", "--socket");
            var written = writer.later("SET a 1");
            assertThat(transaction.now("MULTI")).isEqualTo("+OK");
            assertThat(transaction.now("INCR b")).isEqualTo("+QUEUED");
            var executed = transaction.later("EXEC");
            assertThat(reader.now("GET a")).isEqualTo("$-1");
            Thread.sleep(MOMENT_MILLIS);
            assertThat(written).isNotDone();
            assertThat(executed).isNotDone();

            redis.cli("CLIENT UNPAUSE\n", "--socket");
            assertThat(written.get(20, TimeUnit.SECONDS)).isEqualTo("+OK");
            assertThat(executed.get(20, TimeUnit.SECONDS)).isEqualTo("*1 :1");
            assertThat(reader.now("GET a")).isEqualTo("$1 1");
            assertThat(redis.alive()).isTrue();
        }
    }

    @Test
    void whereAllArePausedReadsWaitAsWell() throws Exception {
        try (var redis = RedisWithModule.start(directory, "--appendonly", "yes");
                var reader = redis.asking()) {
            assertThat(reader.now("GET a")).isEqualTo("$-1");
            var begin = System.nanoTime();
            redis.cli("CLIENT PAUSE 1500 ALL\n", "--socket");
            assertThat(reader.now("GET a")).isEqualTo("$-1");
            assertThat(System.nanoTime() - begin).isGreaterThan(1_400_000_000L);
        }
    }

    @Test
    void failoverLosesNothingThatWasAnswered(@TempDir Path other) throws Exception {
        try (var first = RedisWithModule.start(directory);
                var second = first.replica(other);
                var last = first.asking()) {
            assertThat(last.now("GET a")).isEqualTo("$-1");
            var client = RedisWithModule.client(first.address());
            var counted = FaultsTest.counting(client);
            FaultsTest.await(() -> !second.cli("GET count\n", "--socket").equals("$-1\r\n"));
            assertThat(first.cli("FAILOVER\n", "--socket")).isEqualTo("+OK\r\n");
            FaultsTest.await(() -> second.cli("ROLE\n", "--socket").contains("master")
                    && first.cli("ROLE\n", "--socket").contains("slave"));
            assertThat(last.now("SET a 1")).startsWith("-READONLY");
            client.toHandle().destroyForcibly();

            var answered = counted.get(20, TimeUnit.SECONDS);
            var count = second.cli("GET count\n").lines().toList().getLast();
            assertThat(answered)
                    .isNotEmpty()
                    .allSatisfy(number -> assertThat(number).isLessThanOrEqualTo(Long.parseLong(count)));
        }
    }

    @Test
    void shutdownThatWaitsForItsReplicaSavesWhatWasAnswered(@TempDir Path other) throws Exception {
        List<Long> answered;
        try (var redis = RedisWithModule.start(directory, "--shutdown-timeout", "2");
                var replica = redis.replica(other)) {
            replica.signal("STOP");
            var client = RedisWithModule.client(redis.address());
            var counted = FaultsTest.counting(client);
            FaultsTest.await(() -> !redis.cli("GET count\n", "--socket").equals("$-1\r\n"));
            var shutdown = RedisWithModule.client(redis.address(), "--socket");
            shutdown.outputWriter().write("SHUTDOWN SAVE\n");
            shutdown.outputWriter().flush();
            assertThat(redis.ending().get(20, TimeUnit.SECONDS)).isZero();
            client.toHandle().destroyForcibly();
            answered = counted.get(20, TimeUnit.SECONDS);
            replica.signal("CONT");
        }
        try (var redis = RedisWithModule.start(directory)) {
            var count = Long.parseLong(redis.cli("GET count\n").lines().toList().getLast());
            assertThat(answered)
                    .isNotEmpty()
                    .allSatisfy(number -> assertThat(number).isLessThanOrEqualTo(count));
        }
    }

    @Test
    void duringABusyScriptClientsAreToldSo() throws Exception {
        try (var redis = RedisWithModule.start(directory, "--busy-reply-threshold", "50");
                var client = redis.asking();
                var transaction = redis.asking()) {
            assertThat(client.now("GET a")).isEqualTo("$-1");
            assertThat(transaction.now("MULTI")).isEqualTo("+OK");
            assertThat(transaction.now("INCR a")).isEqualTo("+QUEUED");
            var script = RedisWithModule.client(redis.address(), "--socket");
            script.outputWriter().write("EVAL repeat(function()end)()until(false) 0\n");
            script.outputWriter().flush();
            FaultsTest.await(() -> client.now("GET a").startsWith("-BUSY"));
            for (var i = 0; i < 20; i++) {
                assertThat(client.now("SET a 1")).startsWith("-BUSY");
            }
            assertThat(transaction.now("EXEC")).startsWith("-EXECABORT");
            assertThat(redis.cli("SCRIPT KILL\n", "--socket")).contains("+OK\r\n");
            script.destroyForcibly();
            assertThat(client.now("INCR a")).isEqualTo(":1");
        }
    }
}
