package dev.wasmscope.engine.latency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.platform.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run, or repeats of one, as the probe sent it. Everything that is shown follows from it, so a recording that was
/// written and read again shows the same to the last digit.
public final class Recording {
    private final LatencyPlan plan;
    private final Environment environment;
    private final List<ProbeLine> lines;

    Recording(LatencyPlan plan, Environment environment, List<ProbeLine> lines) {
        this.plan = plan;
        this.environment = environment;
        this.lines = List.copyOf(lines);
    }

    /// Reads what [#planLine()] and [#lines()] gave.
    ///
    /// @throws UnreadableLineException with a sentence and which line it is
    /// @throws IllegalArgumentException when the plan is none
    public static Recording read(String planLine, Environment environment, List<String> lines) {
        if (!(ProbeLine.read(upgraded(planLine)) instanceof ProbeLine.Plan planned)) {
            throw new IllegalArgumentException("The plan is missing: " + planLine);
        }
        var plan = planned.plan();
        var read = new ArrayList<ProbeLine>();
        var check = new Recorder(plan);
        for (int i = 0; i < lines.size(); i++) {
            try {
                var line = ProbeLine.read(lines.get(i));
                check.take(line);
                read.add(line);
            } catch (IllegalArgumentException e) {
                throw new UnreadableLineException(i, e);
            }
        }
        return new Recording(plan, environment, read);
    }

    /// A line is none of a probe's.
    public static final class UnreadableLineException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int line;

        UnreadableLineException(int line, IllegalArgumentException why) {
            super("line " + (line + 1) + ": " + why.getMessage(), why);
            this.line = line;
        }

        /// From 0.
        public int line() {
            return line;
        }
    }

    /// The plan as one JSON object.
    public String planLine() {
        return ProbeLine.write(ProbeLine.Plan.of(plan));
    }

    /// What was measured, one JSON object a line: `docs/latency-bundle.md`.
    public List<String> lines() {
        return lines.stream().map(ProbeLine::write).toList();
    }

    public LatencyPlan plan() {
        return plan;
    }

    /// Before the first repeat.
    public Environment environment() {
        return environment;
    }

    /// Up to version 2 servers waited as their client did when the run began.
    private static String upgraded(String planLine) {
        try {
            if (ProbeLine.JSON.readTree(planLine) instanceof ObjectNode plan
                    && plan.path("version").asInt() == 2) {
                plan.put("serverWait", plan.path("settings").path("strategy").asText());
                return plan.put("version", ProbeLine.VERSION).toString();
            }
        } catch (JsonProcessingException e) {
            // Whoever reads it as a plan says what is wrong with it.
            return planLine;
        }
        return planLine;
    }

    /// This one and then a repeat of the same plan.
    public Recording followedBy(Recording repeat) {
        var all = new ArrayList<>(lines);
        all.addAll(repeat.lines);
        return new Recording(plan, environment, all);
    }

    public Snapshot snapshot() {
        var recorder = new Recorder(plan);
        lines.forEach(recorder::take);
        return recorder.snapshot();
    }

    /// How often the plan was run.
    public int repeats() {
        return (int) lines.stream().filter(l -> l instanceof ProbeLine.Ready).count();
    }

    /// Empty when the run ended before it was under way.
    public Optional<ClientFacts> client() {
        return lines.stream()
                .filter(l -> l instanceof ProbeLine.Ready)
                .map(l -> ((ProbeLine.Ready) l).client())
                .findFirst();
    }

    /// All blocks of a series in their order, the warm-up included.
    ///
    /// @param series index in the plan
    public List<RecordedBlock> blocks(int series) {
        var blocks = new ArrayList<RecordedBlock>();
        int repeat = -1;
        int lastChange = lastChange();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            repeat += line instanceof ProbeLine.Ready ? 1 : 0;
            if (line instanceof ProbeLine.Interval interval && interval.series() == series) {
                blocks.add(interval.block(Math.max(0, repeat), !interval.warm() && i > lastChange));
            }
        }
        return blocks;
    }

    /// Where the settings that the numbers are of were turned to; -1 when they never were.
    private int lastChange() {
        var settings = plan.settings();
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof ProbeLine.Changed changed) {
                var turned = changed.settings().settings();
                last = settings.withPaused(turned.paused()).equals(turned) ? last : i;
                settings = turned;
            }
        }
        return last;
    }
}
