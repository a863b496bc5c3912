package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ModuleSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One version of a filter's module with its pool. It lives until it was retired and the last request that began on it
/// has ended.
///
/// The instance given back last is taken first: its memory is warm, and what is not needed stays cold.
public final class FilterVersion {
    private static final int RETIRED = 1 << 30;

    private final int number;
    private final ModuleSource module;
    private final FilterSpec spec;
    private final FilterTraits traits;
    private final Births births;
    private final ConcurrentLinkedDeque<FilterInstance> idle = new ConcurrentLinkedDeque<>();
    /// Requests under way, and [#RETIRED].
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicLong replaced = new AtomicLong();
    private volatile @Nullable String problem;

    /// What instances are made with.
    ///
    /// @param replacements runs what brings instances to life in the place of broken ones
    record Births(Engine engine, SharedData data, FilterLog log, Executor replacements) {}

    private FilterVersion(int number, ModuleSource module, FilterSpec spec, FilterTraits traits, Births births) {
        this.number = number;
        this.module = module;
        this.spec = spec;
        this.traits = traits;
        this.births = births;
    }

    /// Brings the whole pool to life.
    static FilterVersion of(int number, ModuleSource module, FilterSpec spec, Births births)
            throws FilterRefusedException {
        var first = birth(births, module, spec, number, 1);
        FilterVersion version;
        try {
            version = new FilterVersion(number, module, spec, FilterTraits.of(module, first.exports(), spec), births);
        } catch (FilterRefusedException e) {
            first.close();
            throw e;
        }
        version.take(first);
        try {
            for (var i = 2; i <= spec.pool(); i++) {
                version.take(birth(births, module, spec, number, i));
            }
        } catch (FilterRefusedException e) {
            version.retire();
            throw e;
        }
        return version;
    }

    private static FilterInstance birth(Births births, ModuleSource module, FilterSpec spec, int number, long ordinal)
            throws FilterRefusedException {
        var title = "%s v%d, instance %d".formatted(module.name(), number, ordinal);
        return FilterInstance.of(births.engine(), module, spec, births.data(), births.log(), title);
    }

    public int number() {
        return number;
    }

    public ModuleSource module() {
        return module;
    }

    FilterSpec spec() {
        return spec;
    }

    FilterTraits traits() {
        return traits;
    }

    /// Instances that live: at work or waiting for it.
    int alive() {
        return alive.get();
    }

    int idle() {
        return idle.size();
    }

    long replaced() {
        return replaced.get();
    }

    /// Why instances are missing; null where none is.
    @Nullable
    String problem() {
        return problem;
    }

    /// What waits for work, for those who want to look.
    List<FilterInstance> waiting() {
        return List.copyOf(idle);
    }

    /// @return false when this version was retired: take the one that came after it
    boolean enter() {
        while (true) {
            var now = users.get();
            if ((now & RETIRED) != 0) {
                return false;
            }
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    void leave() {
        if (users.decrementAndGet() == RETIRED) {
            closeIdle();
        }
    }

    /// Ends it when the last request on it has ended.
    void retire() {
        if (users.getAndUpdate(now -> now | RETIRED) == 0) {
            closeIdle();
        }
    }

    /// Inside [#enter] and [#leave].
    FilterOutcome run(String export, Exchange exchange) {
        var instance = idle.pollFirst();
        if (instance == null) {
            return new FilterOutcome.OutOfVm(spec.pool());
        }
        var outcome = instance.run(export, exchange);
        if (outcome instanceof FilterOutcome.WasmError) {
            // What a trap leaves behind, a stack pointer in the middle say, must not be the next request's.
            alive.decrementAndGet();
            births.replacements().execute(() -> replace(instance));
        } else {
            idle.addFirst(instance);
        }
        return outcome;
    }

    private void replace(FilterInstance broken) {
        broken.close();
        if (!enter()) {
            return;
        }
        try {
            take(birth(births, module, spec, number, spec.pool() + replaced.incrementAndGet()));
            problem = null;
        } catch (FilterRefusedException | IllegalStateException e) {
            // The engine may have been closed meanwhile.
            problem = e.getMessage();
            births.log().log(3, "A broken instance was not replaced. " + e.getMessage());
        } finally {
            leave();
        }
    }

    private void take(FilterInstance instance) {
        alive.incrementAndGet();
        idle.addFirst(instance);
    }

    private void closeIdle() {
        for (var instance = idle.pollFirst(); instance != null; instance = idle.pollFirst()) {
            alive.decrementAndGet();
            instance.close();
        }
    }
}
