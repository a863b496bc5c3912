package dev.wasmscope.engine.latency;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The probe protocol, version 3: one JSON object a line. To the probe [Plan] first, then [Change] and [Stop];
/// from it [Noise] and [Ready], then [Warming], [Interval], [Changed] and [Problem], and [End] at last. Times are
/// `System.nanoTime()` of the
/// probe.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProbeLine.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = ProbeLine.Change.class, name = "change"),
    @JsonSubTypes.Type(value = ProbeLine.Stop.class, name = "stop"),
    @JsonSubTypes.Type(value = ProbeLine.Noise.class, name = "noise"),
    @JsonSubTypes.Type(value = ProbeLine.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = ProbeLine.Warming.class, name = "warming"),
    @JsonSubTypes.Type(value = ProbeLine.Interval.class, name = "interval"),
    @JsonSubTypes.Type(value = ProbeLine.Changed.class, name = "changed"),
    @JsonSubTypes.Type(value = ProbeLine.Problem.class, name = "problem"),
    @JsonSubTypes.Type(value = ProbeLine.End.class, name = "end")
})
sealed interface ProbeLine {
    int VERSION = 3;
    int MAX_LENGTH = 2 << 20;

    ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    record Plan(
            int version,
            List<Series> series,
            String command,
            int pipeline,
            Turned settings,
            Client client,
            long warmUpMillis,
            long lengthMillis,
            long blockMillis,
            long patienceMillis,
            long seed,
            String serverWait)
            implements ProbeLine {
        /// @param process -1: not known
        record Series(String target, String transport, String address, long process) {
            static Series of(PlannedSeries series) {
                return new Series(
                        series.target(),
                        series.transport(),
                        series.address(),
                        series.process().orElse(-1));
            }

            PlannedSeries series() {
                return new PlannedSeries(
                        target, transport, address, process < 0 ? OptionalLong.empty() : OptionalLong.of(process));
            }
        }

        /// @param processor -1: any
        record Client(int connections, int processor, boolean realTime, int load) {
            static Client of(ClientSide side) {
                return new Client(side.connections(), side.processor().orElse(-1), side.realTime(), side.load());
            }

            ClientSide side() {
                var pinned = processor < 0 ? OptionalInt.empty() : OptionalInt.of(processor);
                return new ClientSide(connections, pinned, realTime, load);
            }
        }

        static Plan of(LatencyPlan plan) {
            return new Plan(
                    VERSION,
                    plan.series().stream().map(Series::of).toList(),
                    plan.command(),
                    plan.pipeline(),
                    Turned.of(plan.settings()),
                    Client.of(plan.client()),
                    plan.warmUp().toMillis(),
                    plan.length().toMillis(),
                    plan.block().toMillis(),
                    plan.patience().toMillis(),
                    plan.seed(),
                    plan.serverWait().id());
        }

        LatencyPlan plan() {
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "The plan is of protocol version " + version + "; this probe speaks " + VERSION);
            }
            return new LatencyPlan(
                    series.stream().map(Series::series).toList(),
                    command,
                    pipeline,
                    settings.settings(),
                    client.side(),
                    Duration.ofMillis(warmUpMillis),
                    Duration.ofMillis(lengthMillis),
                    Duration.ofMillis(blockMillis),
                    Duration.ofMillis(patienceMillis),
                    seed,
                    WaitStrategy.of(serverWait));
        }
    }

    /// @param rate 0 for the closed loop
    record Turned(double rate, int payload, boolean paused, boolean busy, String strategy) {
        static Turned of(Settings settings) {
            return new Turned(
                    settings.mode().rate(),
                    settings.payload(),
                    settings.paused(),
                    settings.busy(),
                    settings.strategy().id());
        }

        Settings settings() {
            return new Settings(LoadMode.of(rate), payload, paused, busy, WaitStrategy.of(strategy));
        }
    }

    record Change(Turned settings) implements ProbeLine {}

    record Stop() implements ProbeLine {}

    /// What the machine took from a thread that did nothing but look at the clock.
    ///
    /// @param nanos how long it was looked for
    /// @param gaps histogram of the nanoseconds between two looks
    record Noise(long nanos, String gaps) implements ProbeLine {
        NoiseFloor floor() {
            return new NoiseFloor(Distribution.decode(gaps), nanos / 1e9);
        }
    }

    /// @param epochMillis wall clock at the monotonic time `nanos`
    /// @param client of the measuring thread
    record Ready(int version, long nanos, long epochMillis, ClientFacts client) implements ProbeLine {}

    /// The planned warm-up is over; what was measured since counts only when `over` says so.
    ///
    /// @param compiled targets that were still being compiled then
    /// @param unfinished those of them that are given up
    record Warming(long nanos, boolean over, List<String> compiled, List<String> unfinished) implements ProbeLine {}

    /// One block of one series.
    ///
    /// @param warm belongs to the warm-up
    /// @param missed planned sends that were given up because the server was too far behind
    /// @param latency histogram in nanoseconds: closed loop from the send, fixed rate from the planned send
    /// @param service fixed rate only: from the actual send
    /// @param clientCpu nanoseconds of the measuring thread; -1: unknown
    /// @param serverCpu nanoseconds of the server's process; -1: unknown
    record Interval(
            int series,
            long start,
            long end,
            boolean warm,
            long missed,
            String latency,
            @Nullable String service,
            long clientCpu,
            long serverCpu)
            implements ProbeLine {
        RecordedBlock block(int repeat, boolean counted) {
            return new RecordedBlock(
                    repeat,
                    start,
                    end,
                    counted,
                    missed,
                    Distribution.decode(latency),
                    service == null ? null : Distribution.decode(service),
                    clientCpu,
                    serverCpu);
        }
    }

    /// From `nanos` on these settings hold.
    record Changed(long nanos, Turned settings) implements ProbeLine {}

    /// @param fatal the run ends with it
    record Problem(boolean fatal, String sentence) implements ProbeLine {}

    /// @param dropped blocks that nobody fetched in time and that were left out
    record End(long dropped) implements ProbeLine {}

    static String write(ProbeLine line) {
        try {
            return JSON.writerFor(ProbeLine.class).writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A probe line cannot be written: " + line.getClass(), e);
        }
    }

    /// @throws IllegalArgumentException with a sentence that quotes the beginning of what was read
    static ProbeLine read(String text) {
        var interval = IntervalReader.read(text);
        if (interval != null) {
            return interval;
        }
        try {
            var line = JSON.readValue(text, ProbeLine.class);
            if (line == null) {
                throw new IllegalArgumentException("A line of the probe protocol is an object, not null");
            }
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Not a line of the probe protocol (" + e.getOriginalMessage() + "): "
                            + text.substring(0, Math.min(text.length(), 80)),
                    e);
        }
    }
}
