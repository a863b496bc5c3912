package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A hundred kills in the middle of commands, and peers that do not behave: real processes, real kills. INCR tells what
/// was lost or done twice: each answer is another number.
class FaultsTest extends LeavesNothing {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /// A thousand times what it takes on a quiet machine: only one that is never served takes longer.
    private static final Duration SERVED = Duration.ofSeconds(10);
    /// The aim is 300 ms for an idle peer and 50 ms for a busy one; what was measured is in docs/reliability.md. A test
    /// run shares its processors, so that only what is far off fails.
    static final Duration NOTICED = Duration.ofSeconds(2);

    private final Random random = new Random(4);

    @Test
    void killedClientsOfNativeRedisLoseNothingThatWasAnswered() throws Exception {
        try (var redis = NativeRedis.start(directories())) {
            killClients(redis, redis.pid().orElseThrow(), 11, 10);
        }
    }

    @Test
    void killedClientsOfRedisInWasmLoseNothingThatWasAnswered() throws Exception {
        InWasm.assumePresent();
        try (var redis = ServedRedis.start(directories())) {
            killClients(redis, redis.pid().orElseThrow(), 7, 200);
        }
    }

    private void killClients(RedisTarget server, long pid, int rounds, int leastMillis) throws Exception {
        var address = server.transport("unix").orElseThrow().address();
        var answered = new HashSet<Long>();
        var kills = 0;
        var longest = 0.0;
        for (var round = 0; round < rounds; round++) {
            var clients = new ArrayList<Process>();
            for (var i = 0; i < 4; i++) {
                clients.add(RedisWithModule.client(address));
            }
            var readers = clients.stream().map(FaultsTest::counting).toList();
            Thread.sleep(leastMillis + random.nextInt(60));
            kills += clients.size();
            longest = Math.max(longest, kill(clients, pid));
            for (var reader : readers) {
                for (var number : reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    assertThat(answered.add(number))
                            .as("%d was answered twice", number)
                            .isTrue();
                }
            }
        }
        System.out.printf(
                "%s let go of killed clients' rings after at most %.1f ms busy, %.1f ms idle%n",
                server.title(), longest, killIdle(address, pid));
        try (var client = connect(server, "shm")) {
            var count = number(client.ask(PATIENCE, "GET", "count").value());
            System.out.printf("%d clients of %s killed, %,d answers%n", kills, server.title(), answered.size());
            assertThat(answered).isNotEmpty();
            // One of each client may have been done without its answer being heard.
            assertThat(count).isBetween((long) answered.size(), (long) answered.size() + kills);
            assertThat(answered).allSatisfy(number -> assertThat(number).isLessThanOrEqualTo(count));
        }
    }

    /// @return milliseconds until the server had let go of their rings
    private static double kill(List<Process> clients, long server) throws Exception {
        var begin = System.nanoTime();
        for (var client : clients) {
            // Process.destroyForcibly would close the pipe, and what was answered were not heard.
            client.toHandle().destroyForcibly();
        }
        await(() -> Traces.rings(server) == 0);
        var gone = System.nanoTime();
        assertThat(gone - begin).isLessThan(NOTICED.toNanos());
        for (var client : clients) {
            client.waitFor();
        }
        return (double) (gone - begin) / 1e6;
    }

    /// As [#kill], of a client that has asked once and then nothing for longer than anybody spins.
    private static double killIdle(String address, long server) throws Exception {
        var client = RedisWithModule.client(address);
        client.outputWriter().write("PING\n");
        client.outputWriter().flush();
        assertThat(client.inputReader().readLine()).contains("PONG");
        assertThat(Traces.rings(server)).isEqualTo(1);
        Thread.sleep(300);
        return kill(List.of(client), server);
    }

    /// Lets a client count for as long as it lives.
    static CompletableFuture<List<Long>> counting(Process client) {
        feed(client);
        return CompletableFuture.supplyAsync(
                () -> {
                    var numbers = new ArrayList<Long>();
                    try (var out = client.inputReader()) {
                        for (var line = out.readLine(); line != null; line = out.readLine()) {
                            if (line.matches(":\\d+")) {
                                numbers.add(Long.parseLong(line.substring(1)));
                            }
                        }
                    } catch (IOException e) {
                        // Killed as well.
                    }
                    return numbers;
                },
                Thread::startVirtualThread);
    }

    static void feed(Process client) {
        Thread.ofVirtual().start(() -> {
            try (var in = client.outputWriter()) {
                while (client.isAlive()) {
                    in.write("INCR count\n");
                    in.flush();
                }
            } catch (IOException e) {
                // It was killed, or has ended.
            }
        });
    }

    @Test
    void killedNativeServersAreNoticedAndNothingWasAnsweredTwice() throws Exception {
        var times = new ArrayList<Noticed>();
        for (var round = 0; round < 23; round++) {
            var redis = NativeRedis.start(directories());
            times.add(killServer(redis, redis.pid().orElseThrow(), redis::close));
        }
        report("native Redis", times);
    }

    @Test
    void killedServersInWasmAreNoticedAndNothingWasAnsweredTwice() throws Exception {
        InWasm.assumePresent();
        var times = new ArrayList<Noticed>();
        for (var round = 0; round < 5; round++) {
            var redis = ServedRedis.start(directories());
            times.add(killServer(redis, redis.pid().orElseThrow(), redis::close));
        }
        report("Redis in Wasm", times);
    }

    /// In milliseconds, from the kill on.
    private record Noticed(double idle, double busy) {}

    private static void report(String server, List<Noticed> times) {
        System.out.printf(
                "%d kills of %s, noticed after at most %.1f ms idle, %.1f ms busy%n",
                times.size(),
                server,
                times.stream().mapToDouble(Noticed::idle).max().orElseThrow(),
                times.stream().mapToDouble(Noticed::busy).max().orElseThrow());
        assertThat(times).allSatisfy(time -> {
            assertThat(time.idle()).isLessThan((double) NOTICED.toMillis());
            assertThat(time.busy()).isLessThan((double) NOTICED.toMillis());
        });
    }

    interface Ending {
        void end() throws Exception;
    }

    private Noticed killServer(RedisTarget server, long pid, Ending ending) throws Exception {
        try (var idle = connect(server, "shm");
                var busy = connect(server, "shm")) {
            idle.ask(PATIENCE, "PING");
            var killed = new CompletableFuture<Long>();
            var idleGone = idle.closed().toCompletableFuture().thenApply(_ -> System.nanoTime());
            var counted = CompletableFuture.supplyAsync(() -> count(busy), Thread::startVirtualThread);
            Thread.sleep(5 + random.nextInt(40));
            killed.complete(System.nanoTime());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            var busyGone = counted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var idleAt = idleGone.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Noticed((double) (idleAt - killed.get()) / 1e6, (double) (busyGone - killed.get()) / 1e6);
        } finally {
            ending.end();
        }
    }

    /// Counts until the server is gone.
    ///
    /// @return when that was known
    private static long count(RedisClient client) {
        try {
            for (var expected = 1L; ; expected++) {
                assertThat(number(client.send("INCR", "count").get().value())).isEqualTo(expected);
            }
        } catch (ExecutionException e) {
            return System.nanoTime();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sixtyFourClientsAreServedWhileOneIsGreedy() throws Exception {
        try (var redis = NativeRedis.start(directories())) {
            servedBesideAGreedyOne(redis, 64);
        }
    }

    @Test
    void sixtyFourClientsOfRedisInWasmAreServedWhileOneIsGreedy() throws Exception {
        InWasm.assumePresent();
        try (var redis = ServedRedis.start(directories())) {
            servedBesideAGreedyOne(redis, 64);
        }
    }

    private void servedBesideAGreedyOne(RedisTarget server, int most) throws Exception {
        var clients = new ArrayList<RedisClient>();
        var over = new AtomicBoolean();
        try (var greedy = connect(server, "shm")) {
            for (var i = 1; i < most; i++) {
                clients.add(connect(server, "shm"));
            }
            var pipeline = new ArrayList<List<byte[]>>();
            for (var i = 0; i < 2_000; i++) {
                pipeline.add(words("INCR", "greedy"));
            }
            var sent = CompletableFuture.supplyAsync(
                    () -> {
                        var answered = 0L;
                        while (!over.get()) {
                            for (var reply : greedy.sendAll(pipeline)) {
                                assertThat(number(reply.join().value())).isEqualTo(++answered);
                            }
                        }
                        return answered;
                    },
                    Thread::startVirtualThread);
            var worst = 0L;
            for (var round = 1; round <= 10; round++) {
                for (var i = 0; i < clients.size(); i++) {
                    var begin = System.nanoTime();
                    assertThat(number(clients.get(i)
                                    .ask(PATIENCE, "INCR", "count:" + i)
                                    .value()))
                            .isEqualTo(round);
                    worst = Math.max(worst, System.nanoTime() - begin);
                    clients.get(i).ask(PATIENCE, "APPEND", "log:" + i, round + ";");
                }
            }
            over.set(true);
            var greedyOnes = sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            nothingIsLostOrDoubled(server, clients.size(), greedyOnes);
            System.out.printf(
                    "%d clients of %s: an INCR took at most %.1f ms beside %,d greedy ones%n",
                    most, server.title(), (double) worst / 1e6, greedyOnes);
            assertThat(worst).isLessThan(SERVED.toNanos());
        } finally {
            over.set(true);
            clients.forEach(RedisClient::close);
        }
    }

    /// Asked over another way than it was written.
    private static void nothingIsLostOrDoubled(RedisTarget server, int clients, long greedy) throws Exception {
        try (var client = connect(server, "tcp")) {
            assertThat(number(client.ask(PATIENCE, "GET", "greedy").value())).isEqualTo(greedy);
            for (var i = 0; i < clients; i++) {
                assertThat(number(client.ask(PATIENCE, "GET", "count:" + i).value()))
                        .isEqualTo(10);
                assertThat(client.ask(PATIENCE, "GET", "log:" + i).value())
                        .isInstanceOfSatisfying(
                                RespValue.Bulk.class,
                                log -> assertThat(log.utf8()).isEqualTo("1;2;3;4;5;6;7;8;9;10;"));
            }
        }
    }

    private static List<byte[]> words(String... words) {
        return Stream.of(words)
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private static RedisClient connect(RedisTarget server, String transport) throws IOException {
        Transport way = server.transport(transport).orElseThrow();
        return RedisClient.connect(way, RedisLogin.NONE, _ -> {});
    }

    private static long number(RespValue value) {
        return switch (value) {
            case RespValue.Int(var number) -> number;
            case RespValue.Bulk bulk -> Long.parseLong(bulk.utf8());
            default -> throw new AssertionError(value);
        };
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        for (var until = System.nanoTime() + PATIENCE.toNanos(); !condition.holds(); ) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(1);
        }
    }
}
