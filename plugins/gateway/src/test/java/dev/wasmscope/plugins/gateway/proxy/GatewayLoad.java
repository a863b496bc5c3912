package dev.wasmscope.plugins.gateway.proxy;

import com.sun.management.OperatingSystemMXBean;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.plugins.gateway.Modules;
import dev.wasmscope.plugins.gateway.filter.Filter;
import dev.wasmscope.plugins.gateway.filter.FilterRefusedException;
import dev.wasmscope.plugins.gateway.filter.FilterSpec;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures what a filter costs, what swaps do and what loops do to others, with gateway, upstream server and clients
/// in one process. The figures are in docs/benchmarks.md.
final class GatewayLoad implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 3;
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

    /// Of two seconds.
    private static final long CALM_COMPILER_MILLIS = 100;

    private final HostEngine engine = Modules.engine();
    private final PlainServer upstream = new PlainServer();
    private final List<Gateway> gateways = new ArrayList<>();

    GatewayLoad() throws IOException {}

    private Gateway gateway(@Nullable ModuleSource module, int pool, Duration timeout)
            throws IOException, FilterRefusedException {
        var filter = module == null
                ? null
                : new Filter(
                        engine,
                        module,
                        new FilterSpec(pool, timeout, 64, FilterSpec.Stage.REQUEST, Map.of()),
                        (_, _) -> {});
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var made = new Gateway(GatewayConfig.of(any, upstream.address()), filter, () -> {
            throw new IOException("There is none.");
        });
        gateways.add(made);
        return made;
    }

    /// What came of a load.
    private record Outcome(Histogram latency, long failed, long mixed, long refused) {
        String text() {
            return "%d requests, p50 %.1f us, p90 %.1f us, p99 %.1f us; %d failed, %d mixed, %d outOfVM"
                    .formatted(
                            latency.getTotalCount(),
                            latency.getValueAtPercentile(50) / 1e3,
                            latency.getValueAtPercentile(90) / 1e3,
                            latency.getValueAtPercentile(99) / 1e3,
                            failed,
                            mixed,
                            refused);
        }
    }

    /// At a fixed rate over all connections, each request timed from the moment it was planned for; as fast as it goes
    /// where the rate is 0.
    private static Outcome run(int port, String target, double rate, double seconds) throws Exception {
        var latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(2), 3);
        var failed = new LongAdder();
        var mixed = new LongAdder();
        var refused = new LongAdder();
        var begin = System.nanoTime() + 50_000_000;
        var end = begin + (long) (seconds * 1e9);
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < CONNECTIONS; i++) {
            var gap = rate == 0 ? 0 : CONNECTIONS * 1e9 / rate;
            var first = begin + (long) (gap * i / CONNECTIONS);
            threads.add(Thread.ofPlatform().start(() -> {
                var request = PlainConnection.request(target);
                try (var connection = new PlainConnection(port)) {
                    for (var n = 0L; ; n++) {
                        var now = System.nanoTime();
                        var planned = rate == 0 ? now : first + (long) (n * gap);
                        if (planned >= end) {
                            return;
                        }
                        while (now < planned) {
                            LockSupport.parkNanos(planned - now);
                            now = System.nanoTime();
                        }
                        var answer = connection.send(request);
                        latency.recordValue(System.nanoTime() - planned);
                        if (answer.status() == 503) {
                            refused.increment();
                        } else if (answer.status() != 200) {
                            failed.increment();
                        } else if (!answer.version().isEmpty()
                                && answer.body()[0] != answer.version().charAt(0)) {
                            mixed.increment();
                        }
                    }
                } catch (IOException e) {
                    System.out.println(e);
                    failed.increment();
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        return new Outcome(latency, failed.sum(), mixed.sum(), refused.sum());
    }

    /// Until the JIT has next to nothing left to do: on two processors what it compiles, for seconds and
    /// mostly guests, is taken from those who are measured. At most a minute.
    private static void warm(List<Gateway> gateways, double rate) throws Exception {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        var compiled = Long.MAX_VALUE;
        while (compiled > CALM_COMPILER_MILLIS * gateways.size() && System.nanoTime() < end) {
            var before = JIT.getTotalCompilationTime();
            for (var gateway : gateways) {
                run(gateway.port(), "/", rate, 2);
            }
            compiled = JIT.getTotalCompilationTime() - before;
        }
        System.out.printf("warm: the JIT's last round took %d ms%n", compiled);
    }

    /// In turns of a second. What disturbs one turn from outside, with a backlog that takes its time to be
    /// worked off, counts for one turn: of the turns' differences the one in the middle.
    ///
    /// @return microseconds that the C sample adds at p50
    double overhead(int turns) throws Exception {
        for (var module : Arrays.asList(null, Modules.stamping('A'), engine.read("sample:gateway-filter"))) {
            gateway(module, 10, Duration.ofMillis(100));
        }
        warm(gateways, 0);
        var capacity = run(gateways.getFirst().port(), "/", 0, 5).latency().getTotalCount() / 5.0;
        System.out.printf("without a filter, as fast as it goes: %.0f requests/s%n", capacity);
        var rate = capacity / 2;
        var taken = gateways.stream().map(_ -> new Turns()).toList();
        for (var turn = 0; turn < turns; turn++) {
            for (var place = 0; place < taken.size(); place++) {
                // There and back, so that none comes always after the same other.
                var i = turn % 2 == 0 ? place : taken.size() - 1 - place;
                var before = MACHINE.getProcessCpuTime();
                var latency = run(gateways.get(i).port(), "/", rate, 1).latency();
                taken.get(i).add(latency, MACHINE.getProcessCpuTime() - before);
            }
        }
        System.out.printf("at %.0f requests/s, %d turns of 1 s:%n", rate, turns);
        var names = List.of("without", "stamping (WAT)", "gateway-filter (C)");
        for (var i = 0; i < taken.size(); i++) {
            var runs = gateways.get(i).traffic().filter().summary();
            System.out.printf(
                    "%-20s %s; runs p50 %.1f us%n",
                    names.get(i), taken.get(i).text(taken.getFirst()), runs.p50() / 1e3);
        }
        return taken.getLast().over(taken.getFirst());
    }

    /// What was measured of one gateway.
    private static final class Turns {
        private final Histogram all = new Histogram(3);
        private final List<Double> medians = new ArrayList<>();
        private long used;

        void add(Histogram latency, long cpuNanos) {
            all.add(latency);
            medians.add(latency.getValueAtPercentile(50) / 1e3);
            used += cpuNanos;
        }

        /// By how many microseconds the p50 is over that of another one that it took turns with.
        double over(Turns other) {
            var differences = new double[medians.size()];
            for (var i = 0; i < differences.length; i++) {
                differences[i] = medians.get(i) - other.medians.get(i);
            }
            Arrays.sort(differences);
            return differences[differences.length / 2];
        }

        String text(Turns plain) {
            return "p50 %.1f us, of all together %.1f (%+.1f); p90 %.1f, p99 %.1f; turns' difference %+.1f us; %.1f us of processor time a request"
                    .formatted(
                            medians.stream().sorted().toList().get(medians.size() / 2),
                            all.getValueAtPercentile(50) / 1e3,
                            (all.getValueAtPercentile(50) - plain.all.getValueAtPercentile(50)) / 1e3,
                            all.getValueAtPercentile(90) / 1e3,
                            all.getValueAtPercentile(99) / 1e3,
                            over(plain),
                            used / 1e3 / all.getTotalCount());
        }
    }

    /// @return requests that failed or came through two versions
    long swap(int seconds) throws Exception {
        var plain = gateway(null, 0, Duration.ZERO);
        var swapping = gateway(Modules.stamping('A'), 10, Duration.ofMillis(100));
        run(plain.port(), "/", 0, 5);
        run(swapping.port(), "/", 0, 5);
        var rate = run(plain.port(), "/", 0, 5).latency().getTotalCount() / 5.0 / 2;
        var filter = swapping.filter();
        var done = new LongAdder();
        var swaps = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Thread.sleep(1000);
                    // New bytes each time: nothing compiled before is of use.
                    var module = Modules.stamping((char) ('A' + done.sum() % 26));
                    var bytes = Arrays.copyOf(module.bytes(), module.bytes().length + 4);
                    var at = module.bytes().length;
                    bytes[at + 1] = 2;
                    bytes[at + 2] = 1;
                    bytes[at + 3] = (byte) ('A' + done.sum() % 60);
                    Objects.requireNonNull(filter).swap(new ModuleSource(module.name(), module.path(), bytes));
                    done.increment();
                }
            } catch (InterruptedException | IOException | FilterRefusedException e) {
                System.out.println("swaps end: " + e);
            }
        });
        var outcome = run(swapping.port(), "/", rate, seconds);
        swaps.interrupt();
        System.out.printf("at %.0f requests/s, %d swaps in %d s: %s%n", rate, done.sum(), seconds, outcome.text());
        System.out.println("versions: " + swapping.traffic().results() + " "
                + swapping.traffic().statuses());
        return outcome.failed() + outcome.mixed() + outcome.refused();
    }

    /// @return by how much the others' p50 grew, of the rounds the one in the middle: 0.1 for ten percent
    double loops(int seconds) throws Exception {
        var gateway = gateway(engine.read("sample:gateway-filter"), 10, Duration.ofMillis(100));
        warm(List.of(gateway), 0);
        warm(List.of(gateway), 200);
        var growth = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var without = run(gateway.port(), "/", 200, seconds);
            var looping = looping(gateway.port());
            var with = run(gateway.port(), "/", 198, seconds);
            looping.interrupt();
            looping.join();
            growth[round] = (double) with.latency().getValueAtPercentile(50)
                            / without.latency().getValueAtPercentile(50)
                    - 1;
            System.out.printf(
                    "round %d%n  without loops: %s%n  2 loops/s:     %s (p50 %+.1f %%)%n",
                    round + 1, without.text(), with.text(), 100 * growth[round]);
        }
        System.out.println("results: " + gateway.traffic().results());
        overload(gateway);
        Arrays.sort(growth);
        return growth[ROUNDS / 2];
    }

    private static Thread looping(int port) {
        return Thread.ofPlatform().start(() -> {
            try (var connection = new PlainConnection(port)) {
                while (true) {
                    Thread.sleep(400);
                    connection.send(PlainConnection.request("/?loop"));
                }
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void overload(Gateway gateway) throws Exception {
        var loops = new ArrayList<Thread>();
        for (var i = 0; i < 30; i++) {
            loops.add(Thread.ofPlatform().start(() -> {
                try (var connection = new PlainConnection(gateway.port())) {
                    for (var n = 0; n < 20; n++) {
                        connection.send(PlainConnection.request("/?loop"));
                    }
                } catch (IOException e) {
                    System.out.println(e);
                }
            }));
        }
        for (var loop : loops) {
            loop.join();
        }
        System.out.println("600 loops on 30 connections: " + gateway.traffic().results() + " "
                + gateway.traffic().statuses());
    }

    @Override
    public void close() throws IOException {
        for (var gateway : gateways) {
            gateway.close();
        }
        upstream.close();
        engine.close();
    }
}
