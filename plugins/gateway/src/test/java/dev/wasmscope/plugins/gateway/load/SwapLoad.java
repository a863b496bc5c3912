package dev.wasmscope.plugins.gateway.load;

import dev.wasmscope.plugins.gateway.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A new version of the filter every second.
final class SwapLoad implements AutoCloseable {
    private static final int LETTERS = 26;

    private final Generator generator;
    private final GatewayProcess plain;
    private final GatewayProcess swapping;

    SwapLoad(Generator generator, Path folder) throws IOException {
        this.generator = generator;
        var module = folder.resolve("stamping.wasm");
        Files.write(module, Modules.stamping('A').bytes());
        plain = new GatewayProcess(generator.upstream());
        swapping = new GatewayProcess(generator.upstream(), "--filter", module.toString());
    }

    /// At half the rate that the gateway without a filter reaches.
    Outcome measure(int seconds) throws Exception {
        for (var gateway : new GatewayProcess[] {plain, swapping}) {
            Warm.up(generator, gateway, Load.asFastAsItGoes(2));
        }
        var before = 5;
        var capacity =
                generator.run(plain.port(), Load.asFastAsItGoes(before)).latency.getTotalCount() / (double) before;
        var done = new AtomicInteger();
        var swaps = Thread.ofPlatform().daemon().start(() -> swap(done));
        var outcome = generator.run(swapping.port(), Load.at(capacity / 2, seconds));
        swaps.interrupt();
        swaps.join();
        System.out.printf("at %.0f requests/s, %d swaps in %d s: %s%n", capacity / 2, done.get(), seconds, outcome);
        System.out.println(swapping.status());
        return done.get() == 0 ? new Outcome() : outcome;
    }

    private void swap(AtomicInteger done) {
        try {
            var next = System.nanoTime();
            while (true) {
                next += TimeUnit.SECONDS.toNanos(1);
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                swapping.swap(version(done.get()));
                done.incrementAndGet();
            }
        } catch (InterruptedException | IOException e) {
            System.out.println("swaps end: " + e);
        }
    }

    /// New bytes each time, by a section of the number's own: nothing compiled before is of use.
    private static byte[] version(int number) throws IOException {
        var module = Modules.stamping((char) ('A' + number % LETTERS)).bytes();
        var bytes = Arrays.copyOf(module, module.length + 4);
        bytes[module.length + 1] = 2;
        bytes[module.length + 2] = 1;
        bytes[module.length + 3] = (byte) number;
        return bytes;
    }

    @Override
    public void close() {
        plain.close();
        swapping.close();
    }
}
