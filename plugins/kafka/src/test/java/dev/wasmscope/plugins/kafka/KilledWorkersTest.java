package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.samples.SampleCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that are killed and a broker that restarts while tasks are worked at by Wasm:
/// `-Dwasmscope.tasks=100000` for as many. Tasks come in as many parts as there are kills, each kill right
/// after the part's first line, so that a quick machine is never done before it is struck.
class KilledWorkersTest {
    private static final int KEYS = 50;
    private static final int WORKERS = 2;
    private static final int TASKS = Integer.getInteger("wasmscope.tasks", 2000);
    private static final boolean LONG = TASKS >= 50_000;
    private static final int KILLS = LONG ? 7 : 4;

    private final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONG ? 30 : 3);
    private final Random random = new Random(1);

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyTaskIsProcessedInTheOrderOfItsKeyWhateverIsKilled() throws Exception {
        var compiler = SampleCatalogue.load().find("messages");
        assumeTrue(compiler.isPresent(), "The sample messages was not built: clang-19 is missing.");
        try (var broker = new TestBroker()) {
            var settings = broker.topic(2, 4);
            var workers = new ArrayList<WorkerProcess>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(new WorkerProcess(settings, folder));
            }
            try {
                var tasks = tasks();
                for (var kill = 0; kill < KILLS; kill++) {
                    var before = written();
                    TestBroker.produce(settings, tasks.subList(TASKS * kill / KILLS, TASKS * (kill + 1) / KILLS));
                    await(broker, settings, () -> written() > before);
                    kill(workers, settings);
                    if (kill % 3 == 1) {
                        broker.restart();
                    }
                }
                await(broker, settings, () -> broker.committed(settings) >= TASKS);
            } finally {
                workers.forEach(WorkerProcess::close);
            }
            check();
        }
    }

    /// Waits for what the workers do, at the latest until the test's end.
    private void await(TestBroker broker, RunnerSettings settings, Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("%d of %d are committed; %s", broker.committed(settings), TASKS, log())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<String> tasks() {
        return TestBroker.numbered(KEYS, TASKS / KEYS).stream()
                .map(line -> line.replaceFirst("\t.*", "") + "\t{\"message\":\"" + line.replace('\t', ':') + "\"}")
                .toList();
    }

    private void kill(List<WorkerProcess> workers, RunnerSettings settings) throws IOException, InterruptedException {
        var victim = random.nextInt(workers.size());
        workers.get(victim).kill();
        workers.set(victim, new WorkerProcess(settings, folder));
    }

    private String log() throws IOException {
        var file = folder.resolve("worker.log");
        return Files.exists(file) ? Files.readString(file) : "no log";
    }

    /// Lines so far, by the length of the file: about.
    private long written() throws IOException {
        var file = folder.resolve("messages");
        return Files.exists(file) ? Files.size(file) / "key10:100\n".length() : 0;
    }

    /// In the file every key's numbers follow each other, or begin again at an earlier one; all are there.
    private void check() throws IOException {
        var last = new HashMap<String, Integer>();
        var lines = Files.readAllLines(folder.resolve("messages"));
        for (var line : lines) {
            var parts = line.split(":", 2);
            var number = Integer.parseInt(parts[1]);
            assertThat(number).as(line).isLessThanOrEqualTo(last.getOrDefault(parts[0], 0) + 1);
            last.put(parts[0], number);
        }
        assertThat(last)
                .hasSize(KEYS)
                .allSatisfy((key, number) -> assertThat(number).as(key).isEqualTo(TASKS / KEYS));
        assertThat(lines.stream().distinct()).hasSize(TASKS);
        System.out.printf(
                "%,d tasks, %d kills of workers, %d restarts of the broker: none lost, %,d given again.%n",
                TASKS, KILLS, (KILLS + 1) / 3, lines.size() - TASKS);
    }
}
