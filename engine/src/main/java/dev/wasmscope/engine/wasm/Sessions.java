package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.child.ChildSessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/// Opens sessions. Owns their threads: closing it closes every session.
public final class Sessions implements AutoCloseable {
    private final List<WasmRuntime> runtimes;
    private final List<HostModule> hosts;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("session deadlines").factory());
    private final Set<InProcessSession> open = ConcurrentHashMap.newKeySet();
    private final ChildSessions children = new ChildSessions(ChildMain::start);
    private final AtomicInteger count = new AtomicInteger();

    /// Chicory's compiler and interpreter, and nothing a guest could import but WASI.
    public Sessions() {
        this(List.of(), List.of());
    }

    /// @param more runtimes beside the built-in ones
    /// @param hosts offered to every guest in this process
    public Sessions(List<WasmRuntime> more, List<HostModule> hosts) {
        var all = new ArrayList<WasmRuntime>();
        all.addAll(Runtimes.builtIn());
        all.addAll(more);
        this.runtimes = List.copyOf(all);
        this.hosts = List.copyOf(hosts);
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /// The default first.
    public List<WasmRuntime> runtimes() {
        return runtimes;
    }

    /// Instantiates a module on a thread of its own, in this process or in a child. A child has the built-in runtimes
    /// and no host modules but WASI.
    ///
    /// @return fails with [SessionException]; where the guest was at fault, [SessionException#outcome()] tells how
    public CompletableFuture<Session> open(SessionRequest request) {
        var runtime =
                runtimes.stream().filter(r -> r.id().equals(request.runtime())).findFirst();
        if (runtime.isEmpty()) {
            return CompletableFuture.failedFuture(new SessionException("There is no runtime \"%s\". There are: %s."
                    .formatted(
                            request.runtime(),
                            String.join(
                                    ", ", runtimes.stream().map(WasmRuntime::id).toList()))));
        }
        var id = "session-" + count.incrementAndGet();
        if (request.placement() == Placement.CHILD) {
            return children.open(id, request);
        }
        var session = new InProcessSession(id, request, runtime.get(), hosts, deadlines, open::remove);
        open.add(session);
        return session.opened();
    }

    @Override
    public void close() {
        open.forEach(Session::close);
        children.close();
        deadlines.shutdown();
    }
}
