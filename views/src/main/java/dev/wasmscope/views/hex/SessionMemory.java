package dev.wasmscope.views.hex;

import dev.wasmscope.engine.spi.Session;
import java.util.concurrent.CompletionStage;

/// A linear memory of a session, as copies.
final class SessionMemory implements ByteSource {
    static final int PAGE = 65_536;

    private final Session session;
    private final int memory;

    SessionMemory(Session session, int memory) {
        this.session = session;
        this.memory = memory;
    }

    @Override
    public long size() {
        var pages = session.status().memoryPages();
        return memory < pages.size() ? (long) pages.get(memory) * PAGE : 0;
    }

    @Override
    public CompletionStage<Bytes> read(long address, int length) {
        return session.read(memory, address, length)
                .thenApply(copy -> new Bytes(copy.address(), copy.bytes(), copy.epoch(), copy.live()));
    }
}
