package dev.wasmscope.plugins.gateway.load;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/// Who computes where: whoever makes a load must not take from the processor of the one that it measures.
final class Processors {
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    /// The gateway's.
    static final String LAST = Integer.toString(ALL - 1);

    private Processors() {}

    /// This whole process stays on the first one from now on.
    static void keepToTheFirst() throws IOException, InterruptedException {
        assumeTrue(ALL > 1, "The gateway and its load need a processor each.");
        var pid = Long.toString(ProcessHandle.current().pid());
        var taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", "0", pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assumeTrue(taskset.waitFor() == 0, "taskset cannot place this process.");
    }
}
