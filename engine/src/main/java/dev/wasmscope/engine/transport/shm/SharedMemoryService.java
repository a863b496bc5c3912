package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;

/// Offers shared memory to the clients of a service; everything else goes to the service itself.
final class SharedMemoryService implements LoopService {
    private final LoopService service;
    private final SharedMemoryServer rings;

    SharedMemoryService(LoopService service, SharedMemoryServer rings) {
        this.service = service;
        this.rings = rings;
    }

    @Override
    public PeerHandler opened(Peer peer) throws IOException {
        return new RingHandshake(peer, service.opened(peer), rings);
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
