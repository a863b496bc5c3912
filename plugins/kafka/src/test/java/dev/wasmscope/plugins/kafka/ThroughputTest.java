package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// How many tasks a second, in Wasm and in Java by the same runner: `-Dwasmscope.throughput=100000` for as many tasks.
@EnabledIfSystemProperty(named = "wasmscope.throughput", matches = "\\d+")
class ThroughputTest {
    private static final int TASKS = Integer.getInteger("wasmscope.throughput", 0);
    private static final int ROUNDS = 4;

    /// FNV-1a over the task, as [#hash] does it.
    private static final String HASH = """
            (module
              (import "decaton" "poll_task" (func $poll (param i64 i32) (result i32)))
              (memory (export "memory") 1)
              (global $sum (mut i32) (i32.const 0))
              (func (export "run") (local $i i32) (local $length i32) (local $hash i32)
                (local.set $length (call $poll (i64.const 0) (i32.const 65536)))
                (local.set $hash (i32.const -2128831035))
                (block $end (loop $next
                  (br_if $end (i32.ge_s (local.get $i) (local.get $length)))
                  (local.set $hash (i32.mul (i32.const 16777619)
                    (i32.xor (local.get $hash) (i32.load8_u (local.get $i)))))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br $next)))
                (global.set $sum (i32.add (global.get $sum) (local.get $hash)))))
            """;

    private static final class JavaProcessor implements TaskProcessor {
        private int sum;

        @Override
        public TaskOutcome process(byte[] task) {
            sum += hash(task);
            return TaskOutcome.DONE;
        }

        @Override
        public void close() {
            assertThat(sum).isNotZero();
        }
    }

    private static int hash(byte[] task) {
        var hash = -2128831035;
        for (var b : task) {
            hash = (hash ^ (b & 0xff)) * 16777619;
        }
        return hash;
    }

    @Test
    void wasmIsNotMuchSlowerThanJava(@TempDir Path folder) throws Exception {
        try (var broker = new TestBroker();
                var engine = new HostEngine(Runtimes.builtIn())) {
            var module = Wat.module(folder, HASH);
            TaskProcessor.Factory wasm = _ -> new WasmProcessor(engine, HostingRequest.of(module, "hash"), _ -> {});
            var settings = broker.topic(2, 4);
            var lines = new ArrayList<String>();
            for (int i = 0; i < TASKS; i++) {
                lines.add("key%d\t%s".formatted(i % 1000, "some words of a task that are hashed ".repeat(5) + i));
            }
            TestBroker.produce(settings, lines);
            var java = new ArrayList<Double>();
            var guests = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                java.add(rate(settings, "java" + round, _ -> new JavaProcessor()));
                guests.add(rate(settings, "wasm" + round, wasm));
            }
            System.out.printf("Java %s, Wasm %s tasks/s%n", text(java), text(guests));
            // The first round warms up.
            assertThat(best(guests)).isGreaterThan(0.6 * best(java));
        }
    }

    private static double best(List<Double> rates) {
        return rates.stream().skip(1).mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static List<String> text(List<Double> rates) {
        return rates.stream().map("%,.0f"::formatted).toList();
    }

    private static double rate(RunnerSettings on, String group, TaskProcessor.Factory processors) throws Exception {
        var settings = new RunnerSettings(on.bootstrapServers(), on.topic(), group, on.threads());
        Topics.prepare(settings, 0);
        try (var running = new RunningTasks(settings, processors)) {
            running.until(() -> running.metrics.snapshot().processed() > 0);
            var before = running.metrics.snapshot().processed();
            var start = System.nanoTime();
            while (running.metrics.snapshot().processed() < TASKS) {
                Thread.sleep(1);
            }
            return (TASKS - before) / ((System.nanoTime() - start) / 1e9);
        }
    }
}
