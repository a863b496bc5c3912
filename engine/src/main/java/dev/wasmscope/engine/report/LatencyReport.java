package dev.wasmscope.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.PercentileRow;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.statistics.Intervals;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.platform.EnvironmentJson;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a run found, in numbers, with what it takes to judge them.
///
/// @param overlays from other tools, drawn beside the run's own series
/// @param intervals unknown while a run goes on
/// @param sweeping of which the run is the first; empty for a single one
public record LatencyReport(
        LatencyPlan plan,
        Snapshot snapshot,
        Environment environment,
        List<ImportedSeries> overlays,
        Intervals intervals,
        Optional<Sweeping> sweeping) {
    public LatencyReport {
        overlays = List.copyOf(overlays);
    }

    /// Of a run that goes on.
    public LatencyReport(LatencyPlan plan, Snapshot snapshot, Environment environment, List<ImportedSeries> overlays) {
        this(plan, snapshot, environment, overlays, Intervals.UNKNOWN, Optional.empty());
    }

    public LatencyReport(LatencyPlan plan, Snapshot snapshot, Environment environment) {
        this(plan, snapshot, environment, List.of());
    }

    /// Of the run that is shown when one is, with everything that was laid over it. Takes up to a second for each run.
    public static LatencyReport of(Measurement measurement) {
        var run = measurement.first();
        var sweeping = Sweeping.of(measurement);
        var intervals = sweeping.map(s -> s.points().getFirst().intervals()).orElseGet(() -> Intervals.of(run));
        return new LatencyReport(
                run.plan(), run.snapshot(), run.environment(), measurement.overlays(), intervals, sweeping);
    }

    /// Of a run, or of its repeats together.
    public static LatencyReport of(Recording recording) {
        return new LatencyReport(recording.plan(), recording.snapshot(), recording.environment());
    }

    /// With what was worked out of the same measurement.
    public LatencyReport with(Intervals known, Optional<Sweeping> curves) {
        return new LatencyReport(plan, snapshot, environment, overlays, known, curves);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<List<String>> RATIOS =
            List.of(List.of("tcp", "shm"), List.of("unix", "shm"), List.of("tcp", "unix"));
    private static final int HASH_SHOWN = 12;
    /// Of one zone: drawn again elsewhere a chart is the same.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// One line for a table: what was measured, how, how often, when, where.
    public String caption() {
        return mode() + " · " + conditions();
    }

    /// How often, when, where, with which versions; stands below a chart whose heading is [#mode()].
    public String conditions() {
        long samples =
                snapshot.series().stream().mapToLong(s -> s.latency().samples()).sum();
        return String.join(
                " · ",
                String.format(Locale.ROOT, "%,d samples", samples),
                DATE.format(environment.taken()),
                environment.machine(),
                versions());
    }

    /// `PING, closed loop · payload 16 B`, with pipeline, clients and how both sides wait at shared memory where they
    /// matter.
    public String mode() {
        return mode(null);
    }

    /// The same of all runs of a sweep: without what differs from run to run.
    String modeOfSweep() {
        return mode(sweeping.map(Sweeping::of).orElse(null));
    }

    private String mode(Sweep.@Nullable Of swept) {
        var settings = snapshot.settings();
        var parts = new ArrayList<String>();
        parts.add(plan.command()
                + (swept == Sweep.Of.RATE
                        ? ", from the planned send"
                        : ", " + settings.mode().caption()));
        if (swept != Sweep.Of.PAYLOAD) {
            parts.add(settings.payloadCaption());
        }
        if (settings.busy()) {
            parts.add(Settings.BUSY);
        }
        if (plan.pipeline() > 1) {
            parts.add("pipeline " + plan.pipeline());
        }
        if (swept != Sweep.Of.CLIENTS && plan.client().connections() > 1) {
            parts.add(plan.client().connections() + " clients");
        }
        if (plan.series().stream().anyMatch(s -> s.transport().equals(SharedMemoryTransport.ID))) {
            parts.add(waiting());
        }
        return String.join(" · ", parts);
    }

    /// The client's way can be turned while it goes on, the servers' cannot.
    private String waiting() {
        var server = plan.serverWait().id();
        var client = snapshot.settings().strategy().id();
        return client.equals(server) ? "shm waits " + client : "shm: client waits " + client + ", server " + server;
    }

    /// `redis 7.0.15, java 25.0.3`.
    public String versions() {
        var all = new ArrayList<String>();
        environment.versions().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(e -> all.add(e.getKey() + " " + shortened(e.getValue())));
        return String.join(", ", all);
    }

    /// Of a hash a caption has only the beginning.
    private static String shortened(String version) {
        return version.length() > HASH_SHOWN && version.matches("[0-9a-f]{64}")
                ? version.substring(0, HASH_SHOWN)
                : version;
    }

    /// For a terminal, in microseconds. Percentiles with fewer than ten samples above are a dash.
    public String table() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-18s %11s %9s %9s %9s %9s %9s %9s %10s %9s%n",
                "µs",
                "samples",
                "min",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "p99.99",
                "max",
                "mean"));
        for (var series : snapshot.series()) {
            text.append(row(series.series().title(), series.latency().row()));
            if (series.service().samples() > 0) {
                text.append(row("  from actual send", series.service().row()));
            }
            if (series.missed() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %,d planned sends were given up: it could not keep the rate%n",
                        series.missed()));
            }
        }
        return text.toString();
    }

    private static String row(String name, PercentileRow row) {
        return String.format(
                Locale.ROOT,
                "%-18s %,11d %9s %9s %9s %9s %9s %9s %10s %9s%n",
                name,
                row.samples(),
                Numbers.micros(row.min()),
                Numbers.micros(row.p50()),
                Numbers.micros(row.p90()),
                Numbers.micros(row.p99()),
                Numbers.micros(row.p999()),
                Numbers.micros(row.p9999()),
                Numbers.micros(row.max()),
                Numbers.micros(row.mean()));
    }

    /// The object that scripts rely on; latencies in microseconds, weak percentiles null.
    public String json() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report cannot be written", e);
        }
    }

    /// Every latency that occurred with how often: `series,micros,count,percentile`.
    public String csv() {
        var text = new StringBuilder("target,transport,micros,count,percentile\n");
        for (var series : snapshot.series()) {
            for (var step : series.latency().steps()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s,%s,%.3f,%d,%.6f%n",
                        series.series().target(),
                        series.series().transport(),
                        step.micros(),
                        step.count(),
                        step.percentile()));
            }
        }
        return text.toString();
    }

    ObjectNode tree() {
        var root = JsonNodeFactory.instance.objectNode();
        root.set("environment", EnvironmentJson.of(environment));
        root.put("mode", snapshot.settings().mode() instanceof LoadMode.ClosedLoop ? "closed-loop" : "fixed-rate");
        root.put("command", plan.command());
        root.put("payload", snapshot.settings().payload());
        root.put("pipeline", plan.pipeline());
        root.put("busy", snapshot.settings().busy());
        root.put("seed", plan.seed());
        var all = root.putArray("series");
        snapshot.series().forEach(s -> all.add(seriesTree(s)));
        root.set("ratios", ratios());
        return root;
    }

    private ObjectNode seriesTree(Snapshot.Series series) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("target", series.series().target());
        node.put("transport", series.series().transport());
        // TCP and Unix sockets wait in the kernel; only shared memory has a strategy.
        var shared = series.series().transport().equals(SharedMemoryTransport.ID);
        node.put("wait", shared ? snapshot.settings().strategy().id() : "kernel");
        node.put("serverWait", shared ? plan.serverWait().id() : "kernel");
        node.put("rate", snapshot.settings().mode().rate());
        put(node, series.latency().row());
        node.putObject("cpuPerThousand")
                .put("client", series.cpu().client())
                .put("server", series.cpu().server());
        node.put("perSecond", series.perSecond());
        node.put("missed", series.missed());
        if (series.service().samples() > 0) {
            put(node.putObject("fromActualSend"), series.service().row());
        }
        node.put("histogram", series.latency().encoded());
        return node;
    }

    static void put(ObjectNode node, PercentileRow row) {
        node.put("samples", row.samples());
        node.put("min", row.min());
        node.put("p50", row.p50());
        node.put("p90", row.p90());
        node.put("p99", row.p99());
        node.put("p999", row.p999());
        node.put("p9999", row.p9999());
        node.put("max", row.max());
        node.put("mean", row.mean());
    }

    private ObjectNode ratios() {
        var root = JsonNodeFactory.instance.objectNode();
        var targets = new LinkedHashSet<String>();
        snapshot.series().forEach(s -> targets.add(s.series().target()));
        for (var target : targets) {
            var node = root.putObject(target);
            for (var pair : RATIOS) {
                var above = row(target, pair.getFirst());
                var below = row(target, pair.getLast());
                if (above.isPresent() && below.isPresent()) {
                    var ratio = node.putObject(String.join("/", pair));
                    ratio.put("p50", ratio(above.get().p50(), below.get().p50()));
                    ratio.put("p99", ratio(above.get().p99(), below.get().p99()));
                }
            }
        }
        return root;
    }

    private Optional<PercentileRow> row(String target, String transport) {
        return snapshot.series().stream()
                .filter(s -> s.series().target().equals(target)
                        && s.series().transport().equals(transport))
                .map(s -> s.latency().row())
                .findFirst();
    }

    private static @Nullable Double ratio(@Nullable Double above, @Nullable Double below) {
        return above == null || below == null || below == 0 ? null : above / below;
    }
}
