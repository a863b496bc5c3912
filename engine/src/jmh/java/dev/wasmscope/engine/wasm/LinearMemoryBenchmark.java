package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What linear memory costs: Chicory's own paged one, ours, and ours with tracking, under the same compiled guest.
/// Calls
/// are sampled, since the median stands where other work on the machine moves the mean.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinearMemoryBenchmark {
    private static final long UNDO_BYTES = 128L << 20;

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

    @Param({"chicory", "plain", "tracked"})
    public String memory = "";

    /// What runs: consecutive words over 1 MiB, the same reading, random bytes over 4 MiB, `memory.copy` of 64 KiB, and
    /// a short call, which pays for its first touch of a block.
    @Param({"store 2000000", "load 2000000", "scatter 500000", "copy 500", "store 1000"})
    public String work = "";

    @SuppressWarnings("NullAway.Init")
    private Instance instance;

    @SuppressWarnings("NullAway.Init")
    private ExportFunction function;

    private int count;

    @Setup
    public void instantiate() {
        var budget = new HeapBudget(1L << 30);
        Function<MemoryLimits, Memory> memories = switch (memory) {
            case "chicory" -> ByteArrayMemory::new;
            case "plain" -> limits -> new PlainMemory(limits, 4096, budget);
            case "tracked" -> limits -> new TrackedMemory(limits, 4096, budget);
            default -> throw new IllegalArgumentException("There is no memory " + memory + ".");
        };
        var module = Parser.parse(Wat.module(GUEST).bytes());
        instance = Instance.builder(module)
                .withMachineFactory(MachineFactoryCompiler.compile(module))
                .withMemoryFactory(memories)
                .build();
        var words = work.split(" ", -1);
        function = instance.export(words[0]);
        count = Integer.parseInt(words[1]);
    }

    @Setup(Level.Invocation)
    public void beginStep() {
        if (instance.memory() instanceof TrackedMemory tracked) {
            var _ = tracked.record(UNDO_BYTES);
        }
    }

    @Benchmark
    public long[] call() {
        return function.apply(count);
    }

    @TearDown(Level.Invocation)
    public void endStep() {
        if (instance.memory() instanceof TrackedMemory tracked) {
            tracked.rest();
        }
    }
}
