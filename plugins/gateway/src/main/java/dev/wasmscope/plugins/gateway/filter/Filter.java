package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/// The filter of a gateway: the version of its module that new requests get. Any thread.
public final class Filter implements AutoCloseable {
    private final FilterSpec spec;
    private final SharedData data = new SharedData();
    private final FilterVersion.Births births;
    private final ExecutorService replacements = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("filter-replacements").factory());
    private final AtomicReference<FilterVersion> current;

    /// @throws FilterRefusedException when the module is no filter
    public Filter(Engine engine, ModuleSource module, FilterSpec spec, FilterLog log) throws FilterRefusedException {
        this.spec = spec;
        this.births = new FilterVersion.Births(engine, data, log, work -> {
            try {
                replacements.execute(work);
            } catch (RejectedExecutionException e) {
                // The gateway ends, and with it every instance.
                log.log(0, "A broken instance is not replaced: the gateway ends.");
            }
        });
        try {
            this.current = new AtomicReference<>(FilterVersion.of(1, module, spec, births));
        } catch (FilterRefusedException e) {
            replacements.shutdown();
            throw e;
        }
    }

    public FilterSpec spec() {
        return spec;
    }

    public SharedData data() {
        return data;
    }

    public FilterVersion version() {
        return current.get();
    }

    /// Brings a pool of another module to life and gives it to the requests from now on; those under way end on the
    /// version they began on.
    ///
    /// @return the number of the new version
    /// @throws FilterRefusedException when the module is no filter: nothing has changed then
    public synchronized int swap(ModuleSource module) throws FilterRefusedException {
        var next = FilterVersion.of(current.get().number() + 1, module, spec, births);
        var before = current.getAndSet(next);
        before.retire();
        return next.number();
    }

    /// A request begins. To be closed when it has ended.
    public FilterRun begin() {
        while (true) {
            var version = current.get();
            if (version.enter()) {
                return new FilterRun(version);
            }
        }
    }

    public Status status() {
        var version = current.get();
        var problem = version.problem();
        return new Status(
                problem == null ? "ready" : problem,
                version.number(),
                version.module().name(),
                spec.pool(),
                version.alive(),
                version.idle(),
                version.replaced());
    }

    /// @param health `ready`, or a sentence
    /// @param alive instances at work or waiting
    /// @param replaced since this version came
    public record Status(String health, int version, String module, int pool, int alive, int idle, long replaced) {}

    /// An instance that can be looked at.
    public record Look(String title, ModuleSource module, HostedInstance instance) {}

    /// Those that wait for work, the one that is taken next first. They may be given work or be closed any time.
    public List<Look> looks() {
        var version = current.get();
        var looks = new ArrayList<Look>();
        for (var instance : version.waiting()) {
            looks.add(new Look(instance.title(), version.module(), instance.guest()));
        }
        return looks;
    }

    @Override
    public void close() {
        current.get().retire();
        replacements.shutdown();
    }
}
