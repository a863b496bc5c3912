package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.time.Duration;

/// Reaches an [EventLoop] of this process without a socket.
final class InProcessTransport implements Transport {
    static final String ID = "in-process";

    private final EventLoop loop;
    private final LoopService service;

    InProcessTransport(EventLoop loop, LoopService service) {
        this.loop = loop;
        this.service = service;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String address() {
        return ID;
    }

    @Override
    public Connection connect(Duration timeout) throws IOException {
        if (loop.ended()) {
            throw new IOException("The server in this process has ended; start it again.");
        }
        var link = new InProcessLink(loop);
        loop.execute(() -> loop.open(link.peer(), link, service));
        return link.connection();
    }
}
