package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.ProcessorTime;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.Transports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The measuring loop: a round of blocks in random order, again and again, settings taken over between two of them.
final class Probe implements AutoCloseable {
    private final LatencyPlan plan;
    private final Controls controls;
    private final IntervalWriter writer;
    private final StallWatch watch;
    private final Placement placement;
    private final BusyThreads busy = new BusyThreads();
    private BlockOrder order;
    private final Workload workload;
    private final long[] due;
    private final List<Exchange> exchanges = new ArrayList<>();
    private List<String> waitedFor = List.of();
    private Settings settings;

    Probe(LatencyPlan plan, Controls controls, IntervalWriter writer) {
        this.plan = plan;
        this.controls = controls;
        this.writer = writer;
        placement = new Placement(plan);
        watch = new StallWatch(plan.patience());
        order = newOrder();
        workload = new Workload(plan.command());
        due = new long[plan.series().size()];
        settings = plan.settings();
    }

    /// Measures until the plan is done or a control line says stop.
    ///
    /// @throws ProbeFailedException with a sentence
    void run() throws ProbeFailedException, InterruptedException {
        var client = placement.begin();
        writer.line(NoiseListener.listen());
        connect();
        busy.set(spinning());
        writer.line(new ProbeLine.Ready(ProbeLine.VERSION, System.nanoTime(), System.currentTimeMillis(), client));
        var warmingUp = new WarmingUp(plan, System.nanoTime());
        boolean warm = true;
        long counted = 0;
        while (!controls.stopped()) {
            long now = System.nanoTime();
            if (warm && stepOf(warmingUp, now)) {
                warm = false;
                // What runs for the first time takes its time, too.
                now = System.nanoTime();
                counted = now;
            }
            boolean over = !warm
                    && !plan.length().isZero()
                    && now - counted >= plan.length().toNanos();
            if (over && order.roundComplete()) {
                return;
            }
            var wanted = controls.settings(settings);
            if (!wanted.equals(settings)) {
                turn(wanted);
            }
            if (settings.paused()) {
                controls.awaitChange();
            } else if (warm) {
                int series = warmingUp.next(order);
                block(series, warmingUp.cold(series), warmingUp);
            } else {
                block(order.next(), false, null);
            }
        }
    }

    /// Tells what the warm-up waits for, and its end.
    ///
    /// @return whether it is over
    private boolean stepOf(WarmingUp warmingUp, long now) {
        boolean before = warmingUp.extended();
        boolean over = warmingUp.over(now);
        if (!before && warmingUp.extended()) {
            waitedFor = warmingUp.compiling();
        }
        if (over || (!before && warmingUp.extended())) {
            var unfinished = over ? warmingUp.unfinished() : List.<String>of();
            writer.line(new ProbeLine.Warming(now, over, waitedFor, unfinished));
        }
        if (over && warmingUp.extended()) {
            // Some have had turns that others had not.
            order = newOrder();
        }
        return over;
    }

    private BlockOrder newOrder() {
        return new BlockOrder(plan.series().size(), plan.seed());
    }

    @Override
    public void close() throws IOException {
        for (var exchange : exchanges) {
            exchange.close();
        }
    }

    private void connect() throws ProbeFailedException {
        for (var series : plan.series()) {
            exchanges.add(connected(series));
        }
        for (var exchange : exchanges) {
            watched(exchange, 0, () -> exchange.prepare(workload, settings.payload(), plan.pipeline()));
        }
        if (settings.mode() instanceof LoadMode.FixedRate) {
            compile();
        }
    }

    private void compile() throws ProbeFailedException {
        var compiling = new Compiling();
        while (!compiling.over()) {
            for (var exchange : exchanges) {
                watched(exchange, Compiling.LONGEST_TURN_NANOS, () -> compiling.turn(exchange));
            }
        }
    }

    private Exchange connected(PlannedSeries series) throws ProbeFailedException {
        try {
            var transport = Transports.of(series.transport(), series.address(), settings.strategy());
            return new Exchange(series, transport, plan.client().connections(), plan.patience());
        } catch (IOException | IllegalArgumentException e) {
            throw new ProbeFailedException(series.title() + " cannot be reached. " + e.getMessage(), e);
        }
    }

    /// The way a side waits belongs to its connection.
    private void reconnectSharedMemory() throws ProbeFailedException {
        for (int i = 0; i < exchanges.size(); i++) {
            var exchange = exchanges.get(i);
            if (exchange.series().transport().equals(SharedMemoryTransport.ID)) {
                try {
                    exchange.close();
                } catch (IOException e) {
                    // It is not needed any more.
                }
                exchanges.set(i, connected(exchange.series()));
            }
        }
    }

    /// Threads that compete with client and server.
    private int spinning() {
        int everywhere = settings.busy() ? Runtime.getRuntime().availableProcessors() : 0;
        return Math.max(everywhere, plan.client().load());
    }

    private void turn(Settings wanted) throws ProbeFailedException, InterruptedException {
        boolean otherStrategy = wanted.strategy() != settings.strategy();
        boolean otherRequest = wanted.payload() != settings.payload() || otherStrategy;
        settings = wanted;
        if (otherStrategy) {
            reconnectSharedMemory();
        }
        busy.set(spinning());
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

    /// @param cold as many requests as there is time for, whatever the plan says
    /// @param warmingUp null when it counts
    private void block(int series, boolean cold, @Nullable WarmingUp warmingUp) throws ProbeFailedException {
        var exchange = exchanges.get(series);
        var block = writer.take();
        block.series = series;
        var mode = cold ? new LoadMode.ClosedLoop() : settings.mode();
        long nanos = (cold ? LatencyPlan.USUAL_BLOCK : plan.block()).toNanos();
        watched(exchange, nanos + Block.OVERRUN_NANOS, () -> {
            placement.enter();
            try {
                due[series] = measure(block, exchange, mode, nanos, due[series]);
            } finally {
                placement.leave();
            }
            exchange.requireNoError();
        });
        block.warm = warmingUp != null;
        if (warmingUp != null) {
            warmingUp.measured(block);
        }
        writer.hand(block);
    }

    /// @param due as [Block#fixedRate]
    private long measure(Block block, Exchange exchange, LoadMode mode, long nanos, long due) throws IOException {
        long process = exchange.series().process().orElse(-1);
        long server = process < 0 ? -1 : ProcessorTime.ofProcess(process);
        long client = ProcessorTime.ofThisThread();
        long next = 0;
        switch (mode) {
            case LoadMode.ClosedLoop() -> block.closedLoop(exchange, nanos);
            case LoadMode.FixedRate(double perSecond) -> next = block.fixedRate(exchange, perSecond, nanos, due);
        }
        block.clientCpu = ProcessorTime.ofThisThread() - client;
        long served = server < 0 ? -1 : ProcessorTime.ofProcess(process);
        block.serverCpu = served < 0 ? -1 : served - server;
        return next;
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
