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

    /// With the version of what Wasmscope makes of it.
    static final String COMPILER = "chicory-1.7.5-2";

    private final @Nullable CodeCache cache;
    private final HeapBudget budget;
    private final Deque<Prepared> kept = new ArrayDeque<>();

    /// @param cache of compiled code; null: interprets
    private ChicoryRuntime(@Nullable CodeCache cache, HeapBudget budget) {
        this.cache = cache;
        this.budget = budget;
    }

    static ChicoryRuntime compiler(HeapBudget budget) {
        return compiler(budget, CodeCache.ofUser(COMPILER));
    }

    static ChicoryRuntime compiler(HeapBudget budget, CodeCache cache) {
        return new ChicoryRuntime(cache, budget);
    }

    static ChicoryRuntime interpreter(HeapBudget budget) {
        return new ChicoryRuntime(null, budget);
    }

    @Override
    public String id() {
        return cache != null ? "compiler" : "interpreter";
    }

    @Override
    public String title() {
        return "Chicory 1.7.5 " + id();
    }

    @Override
    public Set<Capability> capabilities() {
        return cache != null
                ? Set.of(Capability.INTERRUPTION, Capability.EXCEPTIONS, Capability.TAIL_CALLS)
                : Set.of(Capability.INTERRUPTION, Capability.EXCEPTIONS, Capability.TAIL_CALLS, Capability.STEPPING);
    }

    /// A module, parsed, validated and, where this is the compiler, compiled.
    ///
    /// @param module without its code, where that was compiled by an earlier process
    @SuppressWarnings("ArrayRecordComponent") // told apart by identity: a module's bytes are never written to
    record Prepared(
            byte[] bytes,
            WasmModule module,
            FunctionNames names,
            @Nullable CompiledCode code) {
        /// The same to be interpreted, which takes its code.
        Prepared interpreted() {
            var whole = Parser.parse(bytes);
            return new Prepared(bytes, whole, new FunctionNames(whole), null);
        }
    }

    @Override
    public void prepare(ModuleSource source) throws InstantiationFailedException {
        var _ = ready(source);
    }

    @Override
    public boolean prepared(ModuleSource source) {
        return cache == null || cache.has(CodeCache.keyOf(source.bytes()));
    }

    @SuppressWarnings("ReferenceEquality") // comparing megabytes of equal bytes would take longer than it saves
    private Prepared ready(ModuleSource source) throws InstantiationFailedException {
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
            return cache == null ? parsed(source.bytes()) : compiled(source.bytes(), cache);
        } catch (Unsupported e) {
            throw rejected(e.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Chicory fails in many ways on bytes that are not a valid module.
            throw rejected("%s is not a module that %s can run: %s".formatted(source.name(), title(), e.getMessage()));
        }
    }

    private static Prepared parsed(byte[] bytes) {
        var module = Parser.parse(bytes);
        Unsupported.check(module);
        return new Prepared(bytes, module, new FunctionNames(module), null);
    }

    private static Prepared compiled(byte[] bytes, CodeCache cache) {
        var key = CodeCache.keyOf(bytes);
        var found = cache.find(key);
        if (found.isPresent()) {
            try {
                var code = CompiledCode.of(found.get());
                var module = code.interpreted() ? Parser.parse(bytes) : Skeleton.of(bytes);
                return new Prepared(bytes, module, new FunctionNames(module), code);
            } catch (LinkageError e) {
                cache.setAside(key);
            }
        }
        var parsed = parsed(bytes);
        var stored = CompiledCode.compile(
                parsed.module(), parsed.module().importSection().count(ExternalType.FUNCTION), key);
        cache.put(key, stored);
        return new Prepared(bytes, parsed.module(), parsed.names(), CompiledCode.of(stored));
    }

    @Override
    public ChicoryInstance instantiate(InstantiationRequest request) throws InstantiationFailedException {
        var prepared = ready(request.module());
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
