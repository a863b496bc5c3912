package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chicory, as a compiler to JVM byte code or as an interpreter.
final class ChicoryRuntime implements WasmRuntime {
    private static final int KEPT = 4;

    private final boolean compiles;
    private final HeapBudget budget;
    private final Deque<Prepared> kept = new ArrayDeque<>();

    private ChicoryRuntime(boolean compiles, HeapBudget budget) {
        this.compiles = compiles;
        this.budget = budget;
    }

    static ChicoryRuntime compiler(HeapBudget budget) {
        return new ChicoryRuntime(true, budget);
    }

    static ChicoryRuntime interpreter(HeapBudget budget) {
        return new ChicoryRuntime(false, budget);
    }

    @Override
    public String id() {
        return compiles ? "compiler" : "interpreter";
    }

    @Override
    public String title() {
        return "Chicory 1.7.5 " + id();
    }

    @Override
    public Set<Capability> capabilities() {
        return compiles
                ? Set.of(Capability.INTERRUPTION, Capability.EXCEPTIONS, Capability.TAIL_CALLS)
                : Set.of(Capability.INTERRUPTION, Capability.EXCEPTIONS, Capability.TAIL_CALLS, Capability.STEPPING);
    }

    /// A module, parsed, validated and, where this is the compiler, compiled.
    @SuppressWarnings("ArrayRecordComponent") // told apart by identity: a module's bytes are never written to
    record Prepared(
            byte[] bytes,
            WasmModule module,
            FunctionNames names,
            @Nullable CompiledCode code) {}

    @Override
    public void prepare(ModuleSource source) throws InstantiationFailedException {
        prepared(source);
    }

    @SuppressWarnings("ReferenceEquality") // comparing megabytes of equal bytes would take longer than it saves
    private Prepared prepared(ModuleSource source) throws InstantiationFailedException {
        synchronized (kept) {
            for (var known : kept) {
                if (known.bytes == source.bytes()) {
                    return known;
                }
            }
        }
        var fresh = read(source);
        synchronized (kept) {
            kept.addFirst(fresh);
            if (kept.size() > KEPT) {
                kept.removeLast();
            }
        }
        return fresh;
    }

    private Prepared read(ModuleSource source) throws InstantiationFailedException {
        try {
            var module = Parser.parse(source.bytes());
            Unsupported.check(module);
            var imported = module.importSection().count(ExternalType.FUNCTION);
            var code = compiles ? CompiledCode.compile(module, imported) : null;
            return new Prepared(source.bytes(), module, new FunctionNames(module), code);
        } catch (Unsupported e) {
            throw rejected(e.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Chicory fails in many ways on bytes that are not a valid module.
            throw rejected("%s is not a module that %s can run: %s".formatted(source.name(), title(), e.getMessage()));
        }
    }

    @Override
    public ChicoryInstance instantiate(InstantiationRequest request) throws InstantiationFailedException {
        var prepared = prepared(request.module());
        var assembly = new Assembly(prepared, request, budget);
        try {
            return assembly.build();
        } catch (Imports.UnmetImportsException | MemoryRefusedException e) {
            assembly.abandon();
            throw rejected(e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            assembly.abandon();
            throw failed(assembly.outcomeOf(e));
        }
    }

    private static InstantiationFailedException rejected(@Nullable String reason) {
        var sentence = String.valueOf(reason);
        return new InstantiationFailedException(new CallOutcome.Rejected(sentence), sentence);
    }

    private static InstantiationFailedException failed(CallOutcome outcome) {
        var what = switch (outcome) {
            case CallOutcome.Trapped trapped ->
                "The module trapped while it was instantiated: " + trapped.reason() + ".";
            case CallOutcome.TimedOut late ->
                "The start function did not end within %d ms."
                        .formatted(late.deadline().toMillis());
            case CallOutcome.Exited exited -> "The start function exited with code " + exited.code() + ".";
            case CallOutcome.Rejected rejected -> rejected.reason();
            case CallOutcome.Returned _ -> throw new IllegalArgumentException("An instantiation that returned.");
        };
        return new InstantiationFailedException(outcome, what);
    }
}
