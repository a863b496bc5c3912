package dev.wasmscope.plugins.gateway.load;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/// Who computes where: whoever makes a load must not take from the processor of the one that it measures.
final class Processors {
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    /// As taskset names them.
    static final String EVERY = "0-" + (ALL - 1);

    private Processors() {}

    /// This whole process stays on the first one from now on.
    static void keepToTheFirst() throws IOException, InterruptedException {
        assumeTrue(ALL > 1, "The gateway and its load need a processor each.");
        keep(ProcessHandle.current().pid(), 0);
    }

    /// Another process stays on the last one from now on.
    static void keepToTheLast(long process) throws IOException, InterruptedException {
        keep(process, ALL - 1);
    }

    private static void keep(long process, int processor) throws IOException, InterruptedException {
        var taskset = new ProcessBuilder(
                        "taskset", "-a", "-c", "-p", Integer.toString(processor), Long.toString(process))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assumeTrue(taskset.waitFor() == 0, "taskset cannot place a process.");
    }
}
