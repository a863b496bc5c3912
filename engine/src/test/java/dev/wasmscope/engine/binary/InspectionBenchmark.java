package dev.wasmscope.engine.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/// How long it takes to list the functions of a large module (esbuild: 14 MB) and to disassemble its largest one.
/// Prints the first run of a fresh JVM, which is what a user waits for, and the median of twenty warm ones.
///
/// Run it with the engine's test classes on the class path; an argument names another module.
final class InspectionBenchmark {
    private static final int RUNS = 20;

    private InspectionBenchmark() {}

    public static void main(String[] arguments) throws IOException, MalformedModuleException {
        var file = arguments.length > 0 ? Path.of(arguments[0]) : RealModules.esbuild();
        var module = Files.readAllBytes(file);
        System.out.printf("%s: %,d bytes%n", file.getFileName(), module.length);
        measure("facts with every function listed", () -> ModuleReader.read(module));
        var facts = ModuleReader.read(module);
        System.out.printf(
                "  %,d functions, %,d data segments%n",
                facts.functions().size(), facts.data().size());
        var bySize = facts.functions().stream()
                .filter(f -> !f.imported())
                .sorted(Comparator.comparingInt(ModuleFacts.FunctionFact::bodySize))
                .toList();
        var middle = bySize.get(bySize.size() / 2);
        measure(
                "disassembly of the middle function by size (%,d bytes)".formatted(middle.bodySize()),
                () -> ModuleReader.disassemble(module, facts, middle.index()));
        var largest = bySize.getLast();
        measure(
                "disassembly of the largest function (%,d bytes)".formatted(largest.bodySize()),
                () -> ModuleReader.disassemble(module, facts, largest.index()));
        measure("features in all bodies", () -> ModuleReader.featuresInBodies(module, facts));
    }

    private interface Work {
        Object run() throws MalformedModuleException;
    }

    private static void measure(String what, Work work) throws MalformedModuleException {
        var millis = new double[RUNS + 1];
        for (var i = 0; i < millis.length; i++) {
            var start = System.nanoTime();
            if (work.run() == null) {
                throw new IllegalStateException(what);
            }
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        var warm = Arrays.copyOfRange(millis, 1, millis.length);
        Arrays.sort(warm);
        System.out.printf("%s: first %.1f ms, then %.1f ms (median of %d)%n", what, millis[0], warm[RUNS / 2], RUNS);
    }
}
