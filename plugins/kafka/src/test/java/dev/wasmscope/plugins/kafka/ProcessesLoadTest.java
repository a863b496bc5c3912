package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.Verb.Terminal;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Tasks a second by one, two and three processes of the verb in one group, with a guest that waits for five
/// milliseconds, so that processors are not what there is too little of. `-Dwasmscope.load=20` for as many seconds
/// each.
@EnabledIfSystemProperty(named = "wasmscope.load", matches = "\\d+")
class ProcessesLoadTest {
    private static final int SECONDS = Integer.getInteger("wasmscope.load", 0);
    private static final int PARTITIONS = 6;
    private static final int THREADS = 2;
    private static final int MOST = 3;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /// Takes its task and waits by a relative clock.
    private static final String WAITING = """
            (module
              (import "decaton" "poll_task" (func $poll (param i64 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $wait (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run")
                (drop (call $poll (i64.const 4096) (i32.const 4096)))
                (i32.store (i32.const 16) (i32.const 1))
                (i64.store (i32.const 24) (i64.const 5000000))
                (if (call $wait (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)) (then unreachable))))
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void processesOfOneGroupShareTheTasks() throws Exception {
        Wat.module(folder, WAITING);
        var processes = new ArrayList<Process>();
        try (var broker = new TestBroker()) {
            var settings = broker.topic(THREADS, PARTITIONS);
            TestBroker.produce(settings, TestBroker.numbered(600, SECONDS * MOST * MOST));
            var rates = new ArrayList<Double>();
            try {
                while (processes.size() < MOST) {
                    processes.add(start(settings));
                    awaitMembers(settings, processes.size());
                    rates.add(rate(broker, settings));
                    System.out.printf(
                            "%d processes of %d threads: %.0f tasks/s, %.2f times one process%n",
                            processes.size(), THREADS, rates.getLast(), rates.getLast() / rates.getFirst());
                }
            } finally {
                processes.forEach(Process::destroy);
                for (var process : processes) {
                    process.waitFor();
                }
            }
            assertThat(rates.get(1)).isGreaterThan(1.5 * rates.getFirst());
            assertThat(rates.getLast()).isGreaterThan(2.2 * rates.getFirst());
        }
    }

    private Process start(RunnerSettings settings) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--bootstrap-servers=" + settings.bootstrapServers(),
                        "--topic=" + settings.topic(),
                        "--group=" + settings.group(),
                        "--threads=" + THREADS,
                        "--module=" + folder.resolve("test.wasm"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("processes.log").toFile()))
                .start();
    }

    private void awaitMembers(RunnerSettings settings, int count) throws Exception {
        var end = System.nanoTime() + PATIENCE_NANOS;
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", settings.bootstrapServers()))) {
            while (!shares(admin, settings, count)) {
                assertThat(System.nanoTime())
                        .as(Files.readString(folder.resolve("processes.log")))
                        .isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        // The last partitions are moving: nobody has been asked to give one up for so long.
        TimeUnit.SECONDS.sleep(3);
    }

    private static boolean shares(Admin admin, RunnerSettings settings, int count) throws Exception {
        try {
            return shared(admin, settings, count);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    /// Whether every process has partitions of the tasks, and all of them are somebody's.
    private static boolean shared(Admin admin, RunnerSettings settings, int count) throws Exception {
        var answer = Objects.requireNonNull(admin.describeConsumerGroups(List.of(settings.group()))
                .describedGroups()
                .get(settings.group()));
        var group = answer.get(30, TimeUnit.SECONDS);
        var shares = group.members().stream()
                .mapToLong(member -> member.assignment().topicPartitions().stream()
                        .filter(partition -> partition.topic().equals(settings.topic()))
                        .count())
                .toArray();
        return shares.length == count
                && Arrays.stream(shares).allMatch(share -> share > 0)
                && Arrays.stream(shares).sum() == PARTITIONS;
    }

    private static double rate(TestBroker broker, RunnerSettings settings) throws InterruptedException {
        var before = broker.committed(settings);
        var start = System.nanoTime();
        TimeUnit.SECONDS.sleep(SECONDS);
        return (broker.committed(settings) - before) / ((System.nanoTime() - start) / 1e9);
    }

    /// One process: the verb with its words.
    static final class Main {
        private Main() {}

        static void main(String[] words) {
            try (var engine = new HostEngine(Runtimes.builtIn())) {
                System.exit(
                        new ProcessVerb(engine).run(List.of(words), new Terminal(System.in, System.out, System.err)));
            }
        }
    }
}
