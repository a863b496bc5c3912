package dev.wasmscope.engine.latency.figures;

import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.redis.wasm.WasmRedis;
import dev.wasmscope.engine.redis.wasm.WasmRedisOptions;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// A process that calls Redis in Wasm directly, with what the measured lanes send, and prints the median of a call in
/// microseconds.
final class InProcessCall {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(2);

    private InProcessCall() {}

    public static void main(String[] arguments) throws InterruptedException {
        var thread = WasmRedis.thread("redis", InProcessCall::measure);
        thread.start();
        thread.join();
    }

    private static void measure() {
        try {
            // Where the servers are.
            ThreadPlacement.pinThisThread(ThreadPlacement.allowed().getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var options = WasmRedisOptions.of(1, System.currentTimeMillis() * 1000);
        try (var redis = WasmRedis.open(options, Runtimes.builtIn().getFirst())) {
            int client = redis.connect();
            var request = ByteBuffer.wrap(
                    "*2\r\n$4\r\nPING\r\n$16\r\nxxxxxxxxxxxxxxxx\r\n".getBytes(StandardCharsets.US_ASCII));
            var reply = ByteBuffer.allocate(1024);
            var builder = new DistributionBuilder();
            long begun = System.nanoTime();
            for (long now = begun; now - begun < WARM_UP.plus(MEASURED).toNanos(); ) {
                request.rewind();
                reply.clear();
                // As the server does it around each turn.
                redis.clock(System.currentTimeMillis() * 1000);
                redis.handle(client, request, (_, bytes, _) -> reply.put(bytes));
                redis.commit();
                long after = System.nanoTime();
                if (after - begun > WARM_UP.toNanos()) {
                    builder.add((after - now) / 1000.0, 1);
                }
                now = after;
            }
            System.out.printf(Locale.ROOT, "%.3f%n", builder.build().percentileOrWeaker(50));
        }
    }
}
