package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.redis.wasm.WasmRedis;
import dev.wasmscope.engine.redis.wasm.WasmRedisOptions;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/// Redis in Wasm in this process, with one client, called directly: bytes in, bytes out.
final class Guest implements AutoCloseable {
    /// Requests between two looks at the clock, as a server does between two rounds of its event loop.
    private static final int TURN = 256;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final WasmRuntime runtime;
    private final WasmRedis redis;
    private final int client;
    private final Counted counted = new Counted();

    Guest(String runtimeId) {
        runtime = Runtimes.builtIn().stream()
                .filter(known -> known.id().equals(runtimeId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no runtime " + runtimeId));
        redis = open();
        client = redis.connect();
    }

    private WasmRedis open() {
        return WasmRedis.open(WasmRedisOptions.of(1, micros()).uncontained(), runtime);
    }

    GuestTimes carryOut(GuestOrder order) throws IOException {
        return switch (order.what()) {
            case RUN -> run(DefaultTests.groups().get(order.group()), order.requests());
            case EMPTY -> empty();
            case COMPARE -> compare(order.port(), order.seed());
        };
    }

    private GuestTimes run(BenchmarkGroup group, int requests) throws IOException {
        var nanos = new ArrayList<Long>();
        var cpu = new ArrayList<Long>();
        for (var test : group.tests()) {
            counted.reset();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            long before = System.nanoTime();
            run(test, requests);
            nanos.add(System.nanoTime() - before);
            cpu.add(threads.getCurrentThreadCpuTime() - cpuBefore);
            counted.check(test, requests);
        }
        return new GuestTimes(nanos, cpu, 0, null);
    }

    /// With a clock that moves and the housekeeping that a server does by itself ten times a second.
    private void run(BenchmarkTest test, int requests) {
        var request = ByteBuffer.wrap(test.request());
        for (int i = 0; i < requests; i++) {
            if (i % TURN == 0) {
                redis.commit();
                redis.clock(micros());
                if (redis.nextTimer() <= redis.clock()) {
                    redis.tick(counted);
                }
            }
            redis.handle(client, request.rewind(), counted);
        }
    }

    private GuestTimes empty() {
        redis.handle(client, ByteBuffer.wrap(RespEncoder.command("FLUSHALL")), counted);
        return GuestTimes.done();
    }

    private GuestTimes compare(int port, long seed) throws IOException {
        try (var other = open()) {
            return GuestTimes.equal(new ReplyComparison(seed).compare(TcpTransport.plain("127.0.0.1", port), other));
        }
    }

    private static long micros() {
        return System.currentTimeMillis() * 1000;
    }

    @Override
    public void close() {
        redis.close();
    }

    /// Counts replies, and copies each out as a server does that has to hand it on.
    private static final class Counted implements WasmRedis.Replies {
        private byte[] copy = new byte[64 * 1024];
        private long replies;
        private long errors;

        @Override
        public void reply(int client, ByteBuffer bytes, boolean closed) {
            int length = bytes.remaining();
            if (length > copy.length) {
                copy = new byte[length];
            }
            bytes.get(copy, 0, length);
            replies++;
            if (length > 0 && copy[0] == '-') {
                errors++;
            }
        }

        void reset() {
            replies = 0;
            errors = 0;
        }

        void check(BenchmarkTest test, int requests) throws IOException {
            if (errors > 0 || replies != requests) {
                throw new IOException("%s: %,d requests had %,d replies, and %,d of them were errors."
                        .formatted(test.name(), requests, replies, errors));
            }
        }
    }
}
