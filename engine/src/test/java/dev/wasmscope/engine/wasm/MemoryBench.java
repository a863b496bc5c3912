package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What linear memory costs: Chicory's own paged one, ours, and ours with tracking. Run by hand; the figures are in
/// `docs/benchmarks.md`. Rounds of the three take turns, so that the ratios hold on a machine that does other work.
public final class MemoryBench {
    private static final int ROUNDS = 15;
    private static final long UNDO_BYTES = 128L << 20;
    private static final HeapBudget BUDGET = new HeapBudget(1L << 30);

    private MemoryBench() {}

    private static final String GUEST = """
            (module
              (memory (export "memory") 64)
              (func (export "store") (param $n i32) (local $i i32)
                (loop $l
                  (i32.store (i32.and (i32.mul (local.get $i) (i32.const 4)) (i32.const 0xfffff)) (local.get $i))
                  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
              (func (export "load") (param $n i32) (result i32) (local $i i32) (local $sum i32)
                (loop $l
                  (local.set $sum (i32.add (local.get $sum)
                    (i32.load (i32.and (i32.mul (local.get $i) (i32.const 4)) (i32.const 0xfffff)))))
                  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                (local.get $sum))
              (func (export "scatter") (param $n i32) (local $i i32) (local $x i32)
                (loop $l
                  (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1664525)) (i32.const 1013904223)))
                  (i32.store8 (i32.and (local.get $x) (i32.const 0x3fffff)) (local.get $i))
                  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
              (func (export "copy") (param $n i32) (local $i i32)
                (loop $l
                  (memory.copy (i32.const 0x100000) (i32.const 0) (i32.const 65536))
                  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))))
            """;

    private record Contender(Instance instance, Runnable before, Runnable after) {
        double millis(String export, int count) {
            ExportFunction function = instance.export(export);
            before.run();
            var start = System.nanoTime();
            function.apply(count);
            var nanos = System.nanoTime() - start;
            after.run();
            return nanos / 1e6;
        }
    }

    private static Contender contender(Function<MemoryLimits, Memory> memories) {
        var module = Parser.parse(Wat.module(GUEST).bytes());
        var instance = Instance.builder(module)
                .withMachineFactory(MachineFactoryCompiler.compile(module))
                .withMemoryFactory(memories)
                .build();
        return instance.memory() instanceof TrackedMemory tracked
                ? new Contender(instance, () -> tracked.record(UNDO_BYTES), tracked::rest)
                : new Contender(instance, () -> {}, () -> {});
    }

    public static void main(String[] arguments) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("chicory", contender(ByteArrayMemory::new));
        contenders.put("plain", contender(limits -> new PlainMemory(limits, 4096, BUDGET)));
        contenders.put("tracked", contender(limits -> new TrackedMemory(limits, 4096, BUDGET)));
        System.out.println("| work | chicory ms | plain ms | tracked ms | plain/chicory | tracked/plain |");
        System.out.println("|---|---|---|---|---|---|");
        for (var work : List.of("store 20000000", "load 20000000", "scatter 5000000", "copy 5000", "store 1000")) {
            var words = work.split(" ", -1);
            measure(contenders, words[0], Integer.parseInt(words[1]));
        }
    }

    private static void measure(Map<String, Contender> contenders, String export, int count) {
        var times = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < 2 * ROUNDS; round++) {
            for (var entry : contenders.entrySet()) {
                var time = entry.getValue().millis(export, count);
                if (round >= ROUNDS) {
                    times.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        var chicory = median(times.getOrDefault("chicory", List.of()));
        var plain = median(times.getOrDefault("plain", List.of()));
        var tracked = median(times.getOrDefault("tracked", List.of()));
        System.out.printf(
                "| %s(%,d) | %.3f | %.3f | %.3f | %.2f | %.2f |%n",
                export, count, chicory, plain, tracked, plain / chicory, tracked / plain);
    }

    private static double median(List<Double> times) {
        var sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
