package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.WasmFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Puts one instance together. Used once.
final class Assembly implements Stubs.Makers {
    private final ChicoryRuntime.Prepared prepared;
    private final InstantiationRequest request;
    private final HeapBudget budget;
    private final long start = System.nanoTime();
    private final List<LinearMemory> memories = new ArrayList<>();
    private final List<TrackedTable> tables = new ArrayList<>();
    private @Nullable Interpreter interpreter;

    Assembly(ChicoryRuntime.Prepared prepared, InstantiationRequest request, HeapBudget budget) {
        this.prepared = prepared;
        this.request = request;
        this.budget = budget;
    }

    /// Instantiates and runs the start function.
    ChicoryInstance build() {
        var module = prepared.module();
        var stubs = new Stubs(module, this);
        var imports = new Imports(module, request, stubs);
        var builder = Instance.builder(module)
                .withImportValues(imports.resolve())
                .withStart(false)
                .withMemoryFactory(this::memory)
                .withTableFactory(this::table);
        var code = prepared.code();
        var position = new Interpreter.Position();
        if (code == null) {
            builder.withMachineFactory(instance -> interpreter(instance, position));
        } else {
            builder.withMachineFactory(code.machines());
        }
        if (code == null || code.interpreted()) {
            builder.withUnsafeExecutionListener(position);
        }
        var instance = builder.build();
        var all = new LinkedHashSet<>(imports.memories());
        all.addAll(memories);
        var segments = memories.isEmpty()
                ? imports.linked().isEmpty()
                        ? new DataSegment[0]
                        : imports.linked().getFirst().segments()
                : memories.getFirst().segments();
        return new ChicoryInstance(
                instance,
                this::backtrace,
                request.limits().callTime(),
                List.copyOf(all),
                List.copyOf(memories),
                recorded(instance, segments, stubs.globals()),
                links(),
                Replay.possible(prepared) ? Optional.of(new Replay(prepared, request, budget)) : Optional.empty());
    }

    private List<ChicoryInstance> links() {
        return request.links().values().stream()
                .filter(ChicoryInstance.class::isInstance)
                .map(ChicoryInstance.class::cast)
                .toList();
    }

    private Interpreter interpreter(Instance instance, Interpreter.Position position) {
        var machine = new Interpreter(instance, request.limits().callDepth(), position);
        interpreter = machine;
        return machine;
    }

    @Override
    public LinearMemory memory(MemoryLimits declared) {
        var left = request.limits().memoryPages()
                - memories.stream().mapToInt(LinearMemory::pages).sum();
        var memory = request.memoryKind() == MemoryKind.TRACKED
                ? new TrackedMemory(declared, left, budget)
                : new PlainMemory(declared, left, budget);
        memories.add(memory);
        return memory;
    }

    @Override
    public TableInstance table(Table declared, int initial) {
        var table = new TrackedTable(declared, initial);
        tables.add(table);
        return table;
    }

    private List<Recorded> recorded(Instance instance, DataSegment[] segments, List<GlobalInstance> stubs) {
        if (request.memoryKind() == MemoryKind.PLAIN) {
            return List.of();
        }
        var cells = new ArrayList<Recorded>(tables);
        memories.forEach(m -> cells.add((TrackedMemory) m));
        var globals = new ArrayList<>(stubs);
        for (int i = instance.imports().globalCount(); i < instance.globalCount(); i++) {
            if (instance.global(i).getMutabilityType() == MutabilityType.Var) {
                globals.add(instance.global(i));
            }
        }
        cells.add(new SmallState(instance, globals, segments));
        return List.copyOf(cells);
    }

    /// Frames of linked instances lie further in; their functions are in other index spaces.
    private List<WasmFrame> backtrace(Throwable failure) {
        var frames = new ArrayList<WasmFrame>();
        request.links().forEach((name, link) -> {
            if (link instanceof ChicoryInstance other) {
                other.backtraces()
                        .of(failure)
                        .forEach(frame -> frames.add(new WasmFrame(
                                -1,
                                frame.function() < 0 ? frame.name() : name + "." + frame.name(),
                                OptionalLong.empty())));
            }
        });
        frames.addAll(ownBacktrace(failure));
        return frames;
    }

    private List<WasmFrame> ownBacktrace(Throwable failure) {
        var code = prepared.code();
        if (code != null) {
            return code.backtrace(deepest(failure).getStackTrace(), prepared.names());
        }
        if (interpreter == null) {
            return List.of();
        }
        var frames = interpreter.backtrace(failure, prepared.names());
        interpreter.reset();
        return frames;
    }

    /// A wrapped failure is where the code was; a wrapper is where it was caught.
    private static Throwable deepest(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    CallOutcome outcomeOf(Throwable failure) {
        if (failure instanceof UnlinkableException) {
            return new CallOutcome.Rejected("The module cannot be linked: " + failure.getMessage() + ".");
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - start);
        return Outcomes.of(
                failure, backtrace(failure), elapsed, request.limits().callTime());
    }

    /// Gives back what a failed instantiation holds.
    void abandon() {
        memories.forEach(LinearMemory::free);
    }
}
