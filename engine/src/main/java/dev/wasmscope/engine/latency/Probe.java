package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The measuring loop: a round of blocks in random order, again and again, settings taken over between two of them.
final class Probe implements AutoCloseable {
    private final LatencyPlan plan;
    private final Controls controls;
    private final IntervalWriter writer;
    private final StallWatch watch;
    private final BusyThreads busy = new BusyThreads();
    private final BlockOrder order;
    private final Workload workload;
    private final long[] due;
    private final List<Exchange> exchanges = new ArrayList<>();
    private Settings settings;

    Probe(LatencyPlan plan, Controls controls, IntervalWriter writer) {
        this.plan = plan;
        this.controls = controls;
        this.writer = writer;
        watch = new StallWatch(plan.patience());
        order = new BlockOrder(plan.series().size(), plan.seed());
        workload = new Workload(plan.command());
        due = new long[plan.series().size()];
        settings = plan.settings();
    }

    /// Measures until the plan is done or a control line says stop.
    ///
    /// @param transports makes the way to a series' server
    /// @throws ProbeFailedException with a sentence
    void run(Function<PlannedSeries, Transport> transports) throws ProbeFailedException, InterruptedException {
        connect(transports);
        busy.set(settings.busy());
        writer.line(new ProbeLine.Ready(ProbeLine.VERSION, System.nanoTime(), System.currentTimeMillis()));
        long warmUntil = System.nanoTime() + plan.warmUp().toNanos();
        long until = plan.length().isZero()
                ? Long.MAX_VALUE
                : warmUntil + plan.length().toNanos();
        while (!controls.stopped()) {
            boolean over = until != Long.MAX_VALUE && System.nanoTime() - until >= 0;
            if (over && order.roundComplete()) {
                return;
            }
            var wanted = controls.settings(settings);
            if (!wanted.equals(settings)) {
                turn(wanted);
            }
            if (settings.paused()) {
                controls.awaitChange();
            } else {
                block(order.next(), warmUntil);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var exchange : exchanges) {
            exchange.close();
        }
    }

    private void connect(Function<PlannedSeries, Transport> transports) throws ProbeFailedException {
        for (var series : plan.series()) {
            try {
                exchanges.add(new Exchange(series, transports.apply(series), plan.patience()));
            } catch (IOException | IllegalArgumentException e) {
                throw new ProbeFailedException(series.title() + " cannot be reached. " + e.getMessage(), e);
            }
        }
        for (var exchange : exchanges) {
            watched(exchange, 0, () -> exchange.prepare(workload, settings.payload(), plan.pipeline()));
        }
    }

    private void turn(Settings wanted) throws ProbeFailedException, InterruptedException {
        boolean otherRequest = wanted.payload() != settings.payload();
        settings = wanted;
        busy.set(settings.busy());
        for (int i = 0; i < due.length; i++) {
            due[i] = 0;
        }
        if (otherRequest) {
            for (var exchange : exchanges) {
                watched(exchange, 0, () -> exchange.prepare(workload, settings.payload(), plan.pipeline()));
            }
        }
        writer.line(new ProbeLine.Changed(System.nanoTime(), ProbeLine.Turned.of(settings)));
    }

    private void block(int series, long warmUntil) throws ProbeFailedException {
        var exchange = exchanges.get(series);
        var block = writer.take();
        block.series = series;
        long nanos = plan.block().toNanos();
        watched(exchange, nanos + Block.OVERRUN_NANOS, () -> {
            switch (settings.mode()) {
                case LoadMode.ClosedLoop() -> block.closedLoop(exchange, plan.pipeline(), nanos);
                case LoadMode.FixedRate(double perSecond) ->
                    due[series] = block.fixedRate(exchange, plan.pipeline(), perSecond, nanos, due[series]);
            }
            exchange.requireNoError();
        });
        block.warm = block.start - warmUntil < 0;
        writer.hand(block);
    }

    private void watched(Exchange exchange, long nanos, Exchanging work) throws ProbeFailedException {
        watch.begin(exchange, nanos);
        try {
            work.run();
        } catch (IOException e) {
            var series = exchange.series();
            var what = watch.stalled(exchange)
                    ? "has not answered for " + plan.patience().toMillis() + " ms"
                    : sentence(e);
            throw new ProbeFailedException(series.title() + " at " + series.address() + " " + what + ".", e);
        } finally {
            watch.end();
        }
    }

    private static String sentence(IOException e) {
        var message = String.valueOf(e.getMessage());
        if (message.startsWith("ended") || message.contains("Broken pipe") || message.contains("reset")) {
            return "ended the connection: the server may have died or been stopped";
        }
        return message.startsWith("answered") || message.startsWith("sent") ? message : "failed: " + message;
    }

    @FunctionalInterface
    private interface Exchanging {
        void run() throws IOException;
    }
}
