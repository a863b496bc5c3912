package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.time.Duration;
import java.util.List;

/// Everything a probe has to know before it begins.
///
/// The series take turns in short blocks, in a random order that the seed fixes, so that whatever else the machine
/// does meets all of them alike.
///
/// @param series 1 to 16
/// @param command what is measured: `PING`, `ECHO`, `GET`, `SET`, or any command with `__data__` for the payload
/// @param pipeline requests sent together before their replies are read, 1 to 1000
/// @param client how the measuring side goes about it
/// @param warmUp measured, shown in grey, left out of every number
/// @param length after the warm-up; zero: until stopped
/// @param block how long one series is measured before the next one's turn, 1 ms to 10 s
/// @param patience how long a server may leave a request without its reply
/// @param serverWait how the servers wait at shared memory; the client's way is in `settings`
public record LatencyPlan(
        List<PlannedSeries> series,
        String command,
        int pipeline,
        Settings settings,
        ClientSide client,
        Duration warmUp,
        Duration length,
        Duration block,
        Duration patience,
        long seed,
        WaitStrategy serverWait) {
    public static final Duration USUAL_BLOCK = Duration.ofMillis(50);
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
    private static final double SENDS_A_BLOCK = 50;
    private static final double LONGEST_MILLIS = 2000;

    public LatencyPlan {
        series = List.copyOf(series);
        require(!series.isEmpty() && series.size() <= 16, "A plan has 1 to 16 series, not " + series.size());
        require(!command.isBlank(), "A plan needs a command, such as PING");
        require(pipeline >= 1 && pipeline <= 1000, "A pipeline is 1 to 1000 requests deep, not " + pipeline);
        require(!warmUp.isNegative(), "A warm-up is not negative: " + warmUp);
        require(!length.isNegative(), "A run's length is not negative: " + length);
        require(
                block.toNanos() >= 1_000_000 && block.toSeconds() <= 10,
                "A block lasts 1 ms to 10 s, not " + block.toMillis() + " ms");
        require(patience.toMillis() >= 100, "Patience is at least 100 ms, not " + patience.toMillis() + " ms");
    }

    /// With servers that wait at shared memory as the client does.
    public LatencyPlan(
            List<PlannedSeries> series,
            String command,
            int pipeline,
            Settings settings,
            ClientSide client,
            Duration warmUp,
            Duration length,
            Duration block,
            Duration patience,
            long seed) {
        this(series, command, pipeline, settings, client, warmUp, length, block, patience, seed, settings.strategy());
    }

    /// With one connection a series, wherever the system puts it.
    public LatencyPlan(
            List<PlannedSeries> series,
            String command,
            int pipeline,
            Settings settings,
            Duration warmUp,
            Duration length,
            Duration block,
            Duration patience,
            long seed) {
        this(series, command, pipeline, settings, ClientSide.USUAL, warmUp, length, block, patience, seed);
    }

    /// Closed loop, until stopped.
    public static LatencyPlan of(List<PlannedSeries> series, Settings settings) {
        return new LatencyPlan(
                series,
                "PING",
                1,
                settings,
                Duration.ofSeconds(1),
                Duration.ZERO,
                USUAL_BLOCK,
                USUAL_PATIENCE,
                System.nanoTime());
    }

    /// Long enough for fifty sends of a slow rate, as the first of a block meets a server that has slept.
    ///
    /// @return at most two seconds
    public static Duration blockFor(LoadMode mode) {
        double rate = mode.rate();
        long millis = rate == 0 ? 0 : (long) Math.min(LONGEST_MILLIS, SENDS_A_BLOCK * 1000 / rate);
        return millis > USUAL_BLOCK.toMillis() ? Duration.ofMillis(millis) : USUAL_BLOCK;
    }

    public LatencyPlan withBlock(Duration changed) {
        return new LatencyPlan(
                series, command, pipeline, settings, client, warmUp, length, changed, patience, seed, serverWait);
    }

    public LatencyPlan withCommand(String changed) {
        return new LatencyPlan(
                series, changed, pipeline, settings, client, warmUp, length, block, patience, seed, serverWait);
    }

    public LatencyPlan withLength(Duration changedWarmUp, Duration changed) {
        return new LatencyPlan(
                series, command, pipeline, settings, client, changedWarmUp, changed, block, patience, seed, serverWait);
    }

    public LatencyPlan withClient(ClientSide changed) {
        return new LatencyPlan(
                series, command, pipeline, settings, changed, warmUp, length, block, patience, seed, serverWait);
    }

    public LatencyPlan withSettings(Settings changed) {
        return new LatencyPlan(
                series, command, pipeline, changed, client, warmUp, length, block, patience, seed, serverWait);
    }

    public LatencyPlan withServerWait(WaitStrategy changed) {
        return new LatencyPlan(
                series, command, pipeline, settings, client, warmUp, length, block, patience, seed, changed);
    }

    /// Whether both sides spin without a pause and one of them goes before all others: of two processors that leaves
    /// nothing to anybody.
    public boolean needsThreeProcessors() {
        return client.realTime()
                && settings.strategy() == WaitStrategy.SPIN
                && serverWait == WaitStrategy.SPIN
                && settings.mode().rate() == 0;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
