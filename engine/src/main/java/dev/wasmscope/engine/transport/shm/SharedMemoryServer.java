package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PolledSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The rings of an event loop's clients. Asked by the loop in each of its turns, on the thread that takes them.
public final class SharedMemoryServer implements PolledSource {
    /// A ring takes 132 KiB, whether its client has logged in or not.
    private static final int MOST_RINGS = 256;

    private static final long PARK_NANOS = 50_000;

    private final LinuxCalls linux;
    private final WaitStrategy strategy;
    private final SpinBudget budget = new SpinBudget();
    private final List<RingLink> rings = new ArrayList<>();
    /// When there was something the last time, or since when the loop would rather sleep.
    private long idleSince;
    private boolean slept;

    private SharedMemoryServer(WaitStrategy strategy) throws IOException {
        if (LinuxCalls.HERE == null) {
            throw new IOException("Shared memory needs Linux on x86-64 or arm64, and this is %s on %s."
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        linux = LinuxCalls.HERE;
        this.strategy = strategy;
    }

    /// Listens for clients, and offers them rings where that is wanted. Before the loop runs.
    ///
    /// @param service of the loop
    /// @throws IOException where the system has no such memory
    public static void listen(
            EventLoop loop, LoopService service, List<Endpoint> endpoints, Optional<WaitStrategy> sharedMemory)
            throws IOException {
        var offered = sharedMemory.isPresent() ? join(loop, service, sharedMemory.get()) : service;
        for (var endpoint : endpoints) {
            loop.listen(endpoint, offered);
        }
    }

    /// Lets a loop offer rings. Before it runs.
    ///
    /// @param service of the loop
    /// @return the same service for clients that may ask for rings: what the loop's endpoints listen for
    /// @throws IOException where the system has no such memory
    public static LoopService join(EventLoop loop, LoopService service, WaitStrategy strategy) throws IOException {
        var rings = new SharedMemoryServer(strategy);
        loop.join(rings);
        return new SharedMemoryService(service, rings);
    }

    /// A ring for this client, which its answer has to name.
    Offered offer(Peer peer) throws IOException {
        if (rings.size() >= MOST_RINGS) {
            throw new IOException("all %d rings are taken".formatted(MOST_RINGS));
        }
        var made = RingFile.make(linux);
        var ring = new RingLink(this, peer, made, linux);
        rings.add(ring);
        return new Offered(ring, made.offer());
    }

    /// @param ring released by whoever asked for it, when the client has gone
    record Offered(RingLink ring, RingOffer offer) {}

    void closed(RingLink ring) {
        rings.remove(ring);
    }

    @Override
    public boolean poll() {
        var found = false;
        // Clients go meanwhile, their own fault or another one's.
        for (var i = rings.size() - 1; i >= 0; i--) {
            found |= i < rings.size() && rings.get(i).serve();
        }
        if (found) {
            if (idleSince != 0) {
                budget.hit();
            }
            idleSince = 0;
        }
        return found;
    }

    @Override
    public boolean maySleep() {
        if (rings.isEmpty()) {
            return true;
        }
        if (strategy != WaitStrategy.ADAPTIVE) {
            if (strategy == WaitStrategy.PARK) {
                LockSupport.parkNanos(PARK_NANOS);
            }
            return false;
        }
        var now = System.nanoTime();
        if (idleSince == 0) {
            idleSince = now;
        }
        if (now - idleSince < budget.nanos()) {
            return false;
        }
        slept = true;
        for (var ring : rings) {
            ring.sleeps(RingLayout.DOORBELL);
        }
        for (var ring : rings) {
            if (ring.ready()) {
                awake();
                return false;
            }
        }
        return true;
    }

    @Override
    public void awake() {
        if (slept) {
            slept = false;
            budget.slept(System.nanoTime() - idleSince);
            for (var ring : rings) {
                ring.sleeps(RingLayout.AWAKE);
            }
        }
        idleSince = 0;
    }

    @Override
    public void close() {
        for (var ring : List.copyOf(rings)) {
            ring.close();
        }
    }
}
