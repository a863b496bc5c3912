package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.HostingRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A host that is stopped and goes on, as a machine that stands still for a while does it to all its processes.
@EnabledOnOs(OS.LINUX)
class StalledHostTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final long STOPPED_MILLIS = 1_300;
    private static final int STOPS = 4;

    /// About a millisecond of work.
    private static final String WORK = """
            (module
              (func (export "work") (local $i i32)
                (loop $l
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $l (i32.lt_u (i32.mul (local.get $i) (i32.const 3)) (i32.const 3000000)))))
              (func (export "loop") (loop $l (br $l))))
            """;

    @Test
    void callsOfAHostThatStoodStillAreNotEndedAndALoopIs(@TempDir Path folder) throws Exception {
        var file = folder.resolve("work.wasm");
        Files.write(file, Wat.module(WORK).bytes());
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-SplitIfBlocks",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("at work");
            for (var i = 0; i < STOPS; i++) {
                signal(process, "-STOP");
                Thread.sleep(STOPPED_MILLIS);
                signal(process, "-CONT");
                Thread.sleep(20);
            }
            process.getOutputStream().close();
            assertThat(out.readLine()).isEqualTo("calls ended: 0");
            assertThat(out.readLine()).startsWith("TimedOut");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /// The process itself: works without a pause until its standard input ends.
    static final class Main {
        private Main() {}

        static void main(String[] arguments) throws Exception {
            try (var engine = new HostEngine(Runtimes.builtIn());
                    var guest = engine.host(HostingRequest.of(engine.read(arguments[0]), "work"))) {
                var work = new CallRequest("work", List.of(), Optional.of(DEADLINE));
                for (var i = 0; i < 200; i++) {
                    guest.call(work);
                }
                var end = Thread.ofPlatform().daemon().start(Main::awaitEnd);
                System.out.println("at work");
                var ended = 0;
                while (end.isAlive()) {
                    if (!(guest.call(work) instanceof CallOutcome.Returned)) {
                        ended++;
                    }
                }
                System.out.println("calls ended: " + ended);
                System.out.println(guest.call(new CallRequest("loop", List.of(), Optional.of(DEADLINE))));
            }
        }

        private static void awaitEnd() {
            try {
                System.in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
