package dev.wasmscope.engine.latency;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The measuring process. Standard input is its leash: it ends with its parent.
final class ProbeMain {
    private ProbeMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // Whatever else prints must not end up between the protocol's lines.
        System.setOut(System.err);
        var writer = new IntervalWriter(out);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int exit = 0;
        try {
            measure(readPlan(in), in, writer);
        } catch (ProbeFailedException e) {
            writer.line(new ProbeLine.Problem(true, String.valueOf(e.getMessage())));
            exit = 1;
        }
        writer.end();
        System.exit(exit);
    }

    private static LatencyPlan readPlan(BufferedReader in) throws ProbeFailedException {
        try {
            var line = in.readLine();
            if (line == null) {
                throw new IllegalArgumentException("The plan is missing: the input ended before it");
            }
            if (ProbeLine.read(line) instanceof ProbeLine.Plan plan) {
                return plan.plan();
            }
            throw new IllegalArgumentException("The first line has to be the plan");
        } catch (IOException | IllegalArgumentException e) {
            throw new ProbeFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void measure(LatencyPlan plan, BufferedReader in, IntervalWriter writer)
            throws ProbeFailedException, InterruptedException {
        var controls = new Controls(writer::line);
        Thread.ofPlatform().daemon().name("controls").start(() -> controls.readAll(in));
        try (var probe = new Probe(plan, controls, writer)) {
            probe.run();
        } catch (IOException e) {
            // Only from closing connections that are no longer needed.
        }
    }
}
