package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.nio.ByteBuffer;

/// One client of Redis in Wasm: its number there, 0 until Redis has given one, and its stream here.
final class WasmClient implements PeerHandler {
    private final WasmRedisService service;
    private final Peer peer;
    private int id;
    private boolean answered;
    private int letters;
    private boolean slow;
    private boolean knownAsSlow;

    WasmClient(WasmRedisService service, Peer peer) {
        this.service = service;
        this.peer = peer;
    }

    void connected(int given) {
        id = given;
        answered = true;
    }

    /// Whether Redis took or refused it.
    boolean answered() {
        return answered;
    }

    /// How often it has sent something in the call under way.
    int letters(int more) {
        letters += more;
        return letters;
    }

    void lettersAnswered() {
        letters = 0;
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
    public boolean keepsForSlow() {
        return true;
    }

    @Override
    public void slow(boolean now) {
        slow = now;
        service.changed(this);
    }

    /// Whether it takes what is sent to it.
    boolean slow() {
        return slow;
    }

    /// Whether it has become slow, or fast again, since this was asked last.
    boolean slowChanged() {
        var changed = slow != knownAsSlow;
        knownAsSlow = slow;
        return changed;
    }

    @Override
    public void closed() {
        service.gone(this);
    }
}
