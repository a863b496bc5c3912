package dev.wasmscope.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.latency.ClientSide;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.MeasuredLane;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.latency.Snapshots;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The line that measures again, read as the command line reads it.
class LatencyCommandTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "native:tcp",
                "native:tcp,native:unix,echo:tcp,echo:unix",
                "native:shm,echo:tcp",
                "echo:tcp,native:shm",
                "native:tcp,native:unix,echo:unix",
                "native:tcp,wasm:tcp,wasm:unix,wasm:shm,echo:shm",
                "native:unix,native:tcp,echo:tcp,echo:unix",
                "native:tcp,echo:tcp,native:unix,echo:unix",
                "wasm:shm,native:shm,native:tcp",
                "native:tcp,native:unix,native:shm,wasm:tcp,wasm:unix,wasm:shm,echo:tcp,echo:unix,echo:shm"
            })
    void lineOfAnyChoiceOfLanesIsTheSamePlan(String lanes) {
        var plan = plan(series(List.of(lanes.split(","))));
        assertThat(again(LatencyCommand.of(plan, 1, Optional.empty()))).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 20, 100, 999.5, 1000, 20_000})
    void lineOfAnyRateIsTheSamePlan(double rate) {
        var series = series(List.of("native:shm", "echo:tcp"));
        var plan = plan(series).withSettings(plan(series).settings().withMode(LoadMode.of(rate)));
        // As the window has it, whatever the rate, and as the command line has it.
        for (var each : List.of(plan, plan.withBlock(LatencyPlan.blockFor(LoadMode.of(rate))))) {
            assertThat(again(LatencyCommand.of(each, 1, Optional.empty()))).isEqualTo(each);
        }
    }

    @Test
    void lineOfEverythingThatCanBeSetIsTheSamePlan() {
        var plan = new LatencyPlan(
                series(List.of("native:shm", "echo:tcp")),
                "SET it's __data__",
                7,
                new Settings(LoadMode.of(250), 1000, false, true, WaitStrategy.PARK),
                new ClientSide(3, OptionalInt.of(1), true, 2),
                Duration.ofMillis(1500),
                Duration.ofSeconds(12),
                Duration.ofMillis(80),
                LatencyPlan.USUAL_PATIENCE,
                42,
                WaitStrategy.SPIN);
        var line = LatencyCommand.of(plan, 1, Optional.of(Sweep.parse("clients=1,2,4")));
        assertThat(again(line)).isEqualTo(plan);
        assertThat(options(line).sweep()).isEqualTo(Sweep.parse("clients=1,2,4"));
    }

    @Test
    void lineOfARepeatedRunSaysHowOften() {
        var environment = Environment.read(List.of(), Map.of());
        var recording = Snapshots.recorder(Snapshots.plan(0)).recording(environment);
        var line = LatencyCommand.of(Measurement.of(recording.followedBy(recording)));
        assertThat(options(line).repeats).isEqualTo(2);
    }

    private static LatencyPlan plan(List<PlannedSeries> series) {
        var settings = new Settings(LoadMode.of(0), 16, false, false);
        return LatencyPlan.of(series, settings).withLength(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private static LatencyPlan again(String line) {
        var options = options(line);
        var series = series(options.lanes().stream().map(MeasuredLane::name).toList());
        return options.plan(series, options.pin ? OptionalInt.of(1) : OptionalInt.empty());
    }

    private static LatencyOptions options(String line) {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(line.replace("'\\''", "\0"));
        while (matcher.find()) {
            var quoted = matcher.group(1);
            words.add((quoted == null ? matcher.group(2) : quoted).replace('\0', '\''));
        }
        assertThat(words.subList(0, 2)).containsExactly("wasmscope", "latency");
        var options = new LatencyOptions();
        var _ = new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("latency", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(words.subList(2, words.size()).toArray(String[]::new));
        return options;
    }

    private static List<PlannedSeries> series(List<String> lanes) {
        return lanes.stream()
                .map(MeasuredLane::parse)
                .map(lane -> new PlannedSeries(lane.target(), lane.transport(), ""))
                .toList();
    }
}
