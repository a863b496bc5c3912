package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;

/// A RESP server that does nothing but answer: what a transport costs by itself.
public final class EchoService implements LoopService {
    private final EchoStore store = new EchoStore();
    private final EchoRequest request = new EchoRequest();

    @Override
    public PeerHandler opened(Peer peer) {
        return new EchoSession(peer, store, request);
    }

    @Override
    public void turn() {
        // Nothing is kept that could be lost, and nothing falls due.
    }

    @Override
    public long idleMillis() {
        return Long.MAX_VALUE;
    }
}
