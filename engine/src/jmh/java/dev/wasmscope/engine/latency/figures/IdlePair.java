package dev.wasmscope.engine.latency.figures;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.ProcessorTime;
import dev.wasmscope.engine.redis.EchoTarget;
import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;

/// What a client that waits at a ring and its server cost while nothing is said.
final class IdlePair {
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Duration SETTLING = Duration.ofSeconds(3);

    void print() throws IOException, InterruptedException {
        try (var echo = EchoTarget.start(Directories.ofUser())) {
            var transport = echo.transport("shm");
            if (transport.isEmpty()) {
                return;
            }
            try (var connection = transport.get().connect(Duration.ofSeconds(5))) {
                var waiting = Thread.ofPlatform().daemon().name("waiting").start(() -> await(connection));
                Thread.sleep(SETTLING);
                long server = ProcessorTime.ofProcess(echo.pid().orElseThrow());
                long client = ofThread(waiting);
                Thread.sleep(LENGTH);
                LatencyFigures.heading("a connected pair, adaptive, idle for %d s".formatted(LENGTH.toSeconds()));
                print("server's process", ProcessorTime.ofProcess(echo.pid().orElseThrow()) - server);
                print("client's thread", ofThread(waiting) - client);
            }
        }
    }

    private static void print(String side, long nanos) {
        LatencyFigures.row(side + ", percent of a processor", "%.3f", 100.0 * nanos / LENGTH.toNanos());
    }

    private static long ofThread(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    }

    private static void await(Connection connection) {
        try {
            connection.read(ByteBuffer.allocateDirect(64), Duration.ZERO);
        } catch (IOException e) {
            // It was closed, which ends the measurement.
        }
    }
}
