package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.nio.ByteBuffer;

/// One client of Redis in Wasm: its number there and its stream here.
final class WasmClient implements PeerHandler {
    private final WasmRedisService service;
    private final Peer peer;
    private final int id;

    WasmClient(WasmRedisService service, Peer peer, int id) {
        this.service = service;
        this.peer = peer;
        this.id = id;
    }

    int id() {
        return id;
    }

    Peer peer() {
        return peer;
    }

    @Override
    public void received(ByteBuffer bytes) {
        service.handle(this, bytes);
    }

    @Override
    public void closed() {
        service.gone(this);
    }
}
