package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.OwnedMemory;
import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A service whose requests are watched: how long the guest takes for each and what it writes. What Redis does by
/// itself is no request.
final class WatchedService implements LoopService {
    /// Ranges that are kept of a request.
    private static final int MOST_RANGES = 4096;

    private final LoopService service;
    private final OwnedMemory memory;
    private volatile RedisWork work;
    private volatile Changes changes = new Changes(0, List.of(), 0, 0);
    /// 0 at rest.
    private volatile long since;

    /// @param memory of the guest, tracked
    WatchedService(LoopService service, OwnedMemory memory) {
        this.service = service;
        this.memory = memory;
        this.work = RedisWork.NONE.plus(0, 0, 0, memory.pages());
    }

    RedisWork work() {
        return work;
    }

    /// What the last request changed; its epoch counts requests.
    Changes changes() {
        return changes;
    }

    /// When the request under way began, by `System.nanoTime`; 0 when there is none.
    long since() {
        return since;
    }

    @Override
    public PeerHandler opened(Peer peer) throws IOException {
        return new Watched(service.opened(peer));
    }

    private final class Watched implements PeerHandler {
        private final PeerHandler handler;

        Watched(PeerHandler handler) {
            this.handler = handler;
        }

        @Override
        public void received(ByteBuffer bytes) throws IOException {
            var step = memory.step();
            var start = System.nanoTime();
            since = start;
            try {
                handler.received(bytes);
            } finally {
                var nanos = System.nanoTime() - start;
                step.end();
                since = 0;
                var found = step.changes(MOST_RANGES);
                var done = work.plus(nanos, step.pagesWritten(), found.bytes(), memory.pages());
                changes = new Changes(done.requests(), found.ranges(), found.total(), found.bytes());
                work = done;
            }
        }

        @Override
        public void closed() {
            handler.closed();
        }
    }

    @Override
    public void turn() throws IOException {
        service.turn();
    }

    @Override
    public long idleMillis() {
        return service.idleMillis();
    }
}
