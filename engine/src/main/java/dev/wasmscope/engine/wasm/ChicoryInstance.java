package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.GuestState;
import dev.wasmscope.engine.spi.WasmFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An instance on Chicory.
final class ChicoryInstance implements GuestInstance {
    private final Instance instance;
    private final Backtraces backtraces;
    private final Duration usualDeadline;
    private final List<ExportInfo> exports;
    private final List<MemoryView> memories;
    private final List<Recorded> recorded;
    private final List<LinearMemory> own;
    private final List<ChicoryInstance> links;
    private final Optional<Replay> replay;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile @Nullable CallWatch watch;

    ChicoryInstance(
            Instance instance,
            Backtraces backtraces,
            Duration usualDeadline,
            List<LinearMemory> memories,
            List<LinearMemory> own,
            List<Recorded> recorded,
            List<ChicoryInstance> links,
            Optional<Replay> replay) {
        this.instance = instance;
        this.backtraces = backtraces;
        this.usualDeadline = usualDeadline;
        this.exports = exportsOf(instance);
        this.memories = memories.stream().map(MemoryView::new).toList();
        this.own = own;
        this.recorded = recorded;
        this.links = links;
        this.replay = replay;
        links.forEach(link -> link.users.incrementAndGet());
    }

    /// Where the failing code was, by runtime.
    @FunctionalInterface
    interface Backtraces {
        List<WasmFrame> of(Throwable failure);
    }

    static List<ExportInfo> exportsOf(Instance instance) {
        var section = instance.module().exportSection();
        var found = new ArrayList<ExportInfo>();
        for (int i = 0; i < section.exportCount(); i++) {
            var export = section.getExport(i);
            var kind = Types.of(export.exportType());
            var type = kind == ExternKind.FUNCTION
                    ? Optional.of(Types.of(instance.type(instance.functionType(export.index()))))
                    : Optional.<FunctionType>empty();
            found.add(new ExportInfo(export.name(), kind, export.index(), type));
        }
        return List.copyOf(found);
    }

    @Override
    public List<ExportInfo> exports() {
        return exports;
    }

    @Override
    public CallOutcome call(CallRequest request) {
        var checked = Arguments.check(request, exports);
        if (checked instanceof Arguments.Bad(String reason)) {
            return new CallOutcome.Rejected(reason);
        }
        var type = ((Arguments.Good) checked).type();
        var raw = Types.toRaw(request.arguments());
        var start = System.nanoTime();
        try {
            var results = instance.export(request.export()).apply(raw);
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new CallOutcome.Returned(Types.fromRaw(type.results(), results), elapsed);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Whatever a guest does ends as an outcome; the host goes on.
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            return Outcomes.of(e, backtraces.of(e), elapsed, request.deadline().orElse(usualDeadline));
        }
    }

    @Override
    public ExportedFunction function(String name) {
        var export = exports.stream()
                .filter(e -> e.name().equals(name) && e.kind() == ExternKind.FUNCTION)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The module exports no function " + name + "."));
        return new ExportedFunction(
                instance.getMachine(), export.index(), export.function().orElseThrow(), watch(), backtraces);
    }

    private CallWatch watch() {
        if (watch == null) {
            watch = new CallWatch(usualDeadline);
        }
        return watch;
    }

    @Override
    public void functionDeadline(Duration deadline) {
        watch().deadline(deadline);
    }

    @Override
    public void renewDeadline() {
        var armed = watch;
        if (armed != null) {
            armed.renew();
        }
    }

    @Override
    public GuestState save(@Nullable GuestState reuse) {
        return state().save(reuse);
    }

    @Override
    public void restore(GuestState state) {
        state().restore(state);
    }

    private WholeState state() {
        if (own.size() != 1 || memories.size() != 1) {
            throw new UnsupportedOperationException(
                    "The state of an instance with %d memories cannot be copied.".formatted(memories.size()));
        }
        return new WholeState(instance, own.getFirst());
    }

    @Override
    public List<MemoryView> memories() {
        return memories;
    }

    @Override
    public List<GlobalValue> globals() {
        var found = new ArrayList<GlobalValue>();
        for (int i = 0; i < instance.globalCount(); i++) {
            var global = instance.global(i);
            var type = Types.of(global.getType());
            found.add(new GlobalValue(
                    i,
                    nameOfGlobal(i),
                    global.getMutabilityType() == MutabilityType.Var,
                    Types.fromRaw(type, global.getValueLow(), global.getValueHigh())));
        }
        return found;
    }

    private String nameOfGlobal(int index) {
        var names = instance.module().nameSection();
        var name = names == null ? null : names.nameOfGlobal(index);
        if (name != null) {
            return name;
        }
        return exports.stream()
                .filter(e -> e.kind() == ExternKind.GLOBAL && e.index() == index)
                .map(ExportInfo::name)
                .findFirst()
                .orElse("global[" + index + "]");
    }

    Instance instance() {
        return instance;
    }

    /// What can be put back; empty where memory is plain.
    List<Recorded> recorded() {
        return recorded;
    }

    /// How to find the instruction of a trap, where that can be done.
    Optional<Replay> replay() {
        return replay;
    }

    Backtraces backtraces() {
        return backtraces;
    }

    /// Memories live on as long as an instance that is linked to this one.
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (users.decrementAndGet() == 0) {
            own.forEach(LinearMemory::free);
            links.forEach(ChicoryInstance::close);
        }
    }
}
