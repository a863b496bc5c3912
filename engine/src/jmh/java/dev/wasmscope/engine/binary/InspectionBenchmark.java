package dev.wasmscope.engine.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long it takes to look into a large module (esbuild: 14 MB) once the JVM is warm. What a person waits
/// for the first time is told by `-bm ss -wi 0 -i 1 -f 5`: one shot in each of five fresh JVMs, which have
/// read the facts before.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InspectionBenchmark {
    private byte[] module = new byte[0];

    @SuppressWarnings("NullAway.Init")
    private ModuleFacts facts;

    private int middle;
    private int largest;

    @Setup
    public void read() throws IOException, MalformedModuleException {
        module = Files.readAllBytes(RealModules.esbuild());
        facts = ModuleReader.read(module);
        var bySize = facts.functions().stream()
                .filter(f -> !f.imported())
                .sorted(Comparator.comparingInt(ModuleFacts.FunctionFact::bodySize))
                .toList();
        middle = bySize.get(bySize.size() / 2).index();
        largest = bySize.getLast().index();
    }

    @Benchmark
    public ModuleFacts factsWithEveryFunctionListed() throws MalformedModuleException {
        return ModuleReader.read(module);
    }

    @Benchmark
    public Disassembly functionOfMedianSize() throws MalformedModuleException {
        return ModuleReader.disassemble(module, facts, middle);
    }

    @Benchmark
    public Disassembly largestFunction() throws MalformedModuleException {
        return ModuleReader.disassemble(module, facts, largest);
    }

    @Benchmark
    public SortedSet<String> featuresInAllBodies() throws MalformedModuleException {
        return ModuleReader.featuresInBodies(module, facts);
    }
}
