package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Redis in Wasm behind an event loop: bytes of clients in, replies to whomever they are for, the clock and the timer.
/// On the thread that owns the instance.
final class WasmRedisService implements LoopService {
    private static final byte[] REFUSED = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    private final WasmRedis redis;
    private final ClockMode mode;
    private final WallClock clock = new WallClock();
    private final ClientTable clients = new ClientTable();
    private final WasmRedis.Replies replies = this::reply;
    /// Whether Redis knows what time it is in this turn.
    private boolean told;
    private long nextTimer;
    private @Nullable WasmRedisException failure;

    WasmRedisService(WasmRedis redis, ClockMode mode) {
        this.redis = redis;
        this.mode = mode;
        nextTimer = redis.nextTimer();
    }

    @Override
    public PeerHandler opened(Peer peer) throws IOException {
        tellTime();
        var id = redis.connect();
        if (id == 0) {
            peer.send(REFUSED);
            peer.close();
        }
        var client = new WasmClient(this, peer, id);
        if (id != 0) {
            clients.put(client);
        }
        return client;
    }

    void handle(WasmClient client, ByteBuffer bytes) {
        if (failure != null || clients.get(client.id()) == null) {
            // Redis has closed it: what still comes is of no interest.
            bytes.position(bytes.limit());
            return;
        }
        try {
            tellTime();
            redis.handle(client.id(), bytes, replies);
        } catch (WasmRedisException e) {
            failure = e;
        }
    }

    void gone(WasmClient client) {
        if (failure == null && clients.get(client.id()) != null) {
            clients.remove(client.id());
            try {
                tellTime();
                redis.disconnect(client.id(), replies);
            } catch (WasmRedisException e) {
                failure = e;
            }
        }
    }

    private void reply(int id, ByteBuffer bytes, boolean closed) {
        var client = clients.get(id);
        if (client == null) {
            return;
        }
        client.peer().send(bytes);
        if (closed) {
            clients.remove(id);
            client.peer().close();
        }
    }

    private void tellTime() {
        if (!told && mode == ClockMode.WALL) {
            told = true;
            redis.clock(clock.micros());
        }
    }

    @Override
    public void turn() throws IOException {
        try {
            if (failure == null && now() >= nextTimer) {
                told = false;
                tellTime();
                redis.tick(replies);
            }
            told = false;
            if (failure == null) {
                nextTimer = redis.nextTimer();
                redis.commit();
            }
        } catch (WasmRedisException e) {
            failure = e;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private long now() {
        return mode == ClockMode.WALL ? clock.micros() : redis.clock();
    }

    /// In logical time nothing falls due while nothing happens.
    @Override
    public long idleMillis() {
        if (mode == ClockMode.LOGICAL) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, (nextTimer - clock.micros() + 999) / 1000);
    }

    int clients() {
        return clients.size();
    }
}
