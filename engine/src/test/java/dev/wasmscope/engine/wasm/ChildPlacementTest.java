package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What only a session in another process can suffer: that one of the two dies.
class ChildPlacementTest {
    private static final String MODULE = """
            (module
              (memory (export "memory") 1)
              (func (export "seven") (result i32) (i32.const 7))
              (func (export "spin") (loop $l (br $l))))
            """;

    private final Sessions sessions = new Sessions();

    @AfterEach
    void close() {
        sessions.close();
    }

    private static SessionRequest request(ModuleSource module, Placement placement, Map<String, Session> links) {
        return new SessionRequest(
                module, "interpreter", placement, MemoryKind.TRACKED, Limits.DEFAULT, Optional.empty(), links, false);
    }

    private Session open(Placement placement) {
        return sessions.open(request(Wat.module(MODULE), placement, Map.of())).join();
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> commandLine(child).contains(ChildMain.class.getName()))
                .toList();
    }

    /// All of it: a handle's own ends after 4096 bytes, which a class path can fill alone.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            // It has ended.
            return "";
        }
    }

    private static void ends(ProcessHandle process) throws InterruptedException, ExecutionException, TimeoutException {
        process.onExit().get(20, TimeUnit.SECONDS);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void killedProcessFailsWhatWaitsAndClosesItsSessions() {
        var session = open(Placement.CHILD);
        var other = open(Placement.CHILD);
        assertThat(children()).hasSize(1);
        var running = session.call(new CallRequest("spin", List.of(), Optional.of(Duration.ofMinutes(1))));
        var waiting = session.call(CallRequest.of("seven"));
        while (!(session.status().phase() instanceof SessionStatus.Phase.Running)) {
            Thread.onSpinWait();
        }
        children().getFirst().destroyForcibly();
        for (var future : List.of(running, waiting)) {
            assertThatThrownBy(future::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(SessionException.class)
                    .hasMessageEndingWith(
                            "The process that ran test.wasm was killed by signal 9. Open the module again.");
        }
        for (var dead : List.of(session, other)) {
            assertThat(dead.status().phase())
                    .isEqualTo(new SessionStatus.Phase.Closed(Optional.of(
                            "The process that ran test.wasm was killed by signal 9. Open the module again.")));
            assertThatThrownBy(() -> dead.read(0, 0, 1).join()).hasMessageContaining("was killed by signal 9");
        }
        assertThat(session.output(OutputStreamName.STDOUT, 0).bytes()).isEmpty();
    }

    @Test
    void nextSessionAfterADeathLivesInANewProcess() throws Exception {
        var linked = open(Placement.CHILD);
        var dead = children().getFirst();
        dead.destroyForcibly();
        ends(dead);
        while (!(linked.status().phase() instanceof SessionStatus.Phase.Closed)) {
            Thread.onSpinWait();
        }
        var session = open(Placement.CHILD);
        assertThat(session.call(CallRequest.of("seven")).join())
                .isInstanceOfSatisfying(
                        CallOutcome.Returned.class,
                        returned -> assertThat(returned.results()).containsExactly(Value.i32(7)));
        var consumer = Wat.module("(module (import \"p\" \"seven\" (func (result i32))))");
        assertThatThrownBy(() -> sessions.open(request(consumer, Placement.CHILD, Map.of("p", linked)))
                        .join())
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("The session linked as \"p\" is closed. Open test.wasm again.");
    }

    @Test
    void linkBetweenPlacementsIsRefused() {
        var consumer = Wat.module("(module (import \"p\" \"seven\" (func (result i32))))");
        for (var placement : Placement.values()) {
            var elsewhere = placement == Placement.CHILD ? Placement.IN_PROCESS : Placement.CHILD;
            var provider = open(elsewhere);
            assertThatThrownBy(() -> sessions.open(request(consumer, placement, Map.of("p", provider)))
                            .join())
                    .hasCauseInstanceOf(SessionException.class)
                    .hasMessageContaining(
                            "The session linked as \"p\" lives in another process; linked sessions share one.");
        }
    }

    @Test
    void processEndsWithTheSessions() throws Exception {
        var session = open(Placement.CHILD);
        var child = children().getFirst();
        var running = session.call(CallRequest.of("spin"));
        sessions.close();
        assertThatThrownBy(running::join).hasMessageContaining("The session of test.wasm was closed.");
        assertThat(session.status().phase()).isEqualTo(new SessionStatus.Phase.Closed(Optional.empty()));
        ends(child);
    }

    @Test
    void processEndsWithAParentThatIsKilledThoughItsGuestRuns() throws Exception {
        var file = Files.createTempFile("spin", ".wasm");
        try {
            Files.write(file, Wat.module(MODULE).bytes());
            var parent = ChildJvm.start(Parent.class, List.of(), List.of(file.toString()));
            try (var in = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
                var child = ProcessHandle.of(Long.parseLong(in.readLine())).orElseThrow();
                assertThat(child.isAlive()).isTrue();
                parent.destroyForcibly();
                ends(child);
            } finally {
                parent.destroyForcibly();
            }
        } finally {
            Files.delete(file);
        }
    }

    /// Prints the id of its child when the child's guest runs, and waits to be killed.
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            var module = new ModuleSource("spin", Optional.empty(), Files.readAllBytes(Path.of(arguments[0])));
            try (var sessions = new Sessions()) {
                var session = sessions.open(request(module, Placement.CHILD, Map.of()))
                        .join();
                var _ = session.call(new CallRequest("spin", List.of(), Optional.of(Duration.ofMinutes(5))));
                while (!(session.status().phase() instanceof SessionStatus.Phase.Running)) {
                    Thread.onSpinWait();
                }
                System.out.println(children().getFirst().pid());
                Thread.sleep(Duration.ofMinutes(5));
            }
        }
    }
}
