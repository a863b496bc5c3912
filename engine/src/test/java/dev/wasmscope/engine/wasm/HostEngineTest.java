package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostEngineTest extends HostingTest {
    @Test
    void callsFromManyThreadsTakeTurns() throws Exception {
        try (var guest = host(COUNTER)) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 500; n++) {
                        guest.call(CallRequest.of("count"));
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(guest.call(CallRequest.of("count")))
                    .isInstanceOfSatisfying(
                            CallOutcome.Returned.class,
                            returned -> assertThat(returned.results()).containsExactly(Value.i32(2_001)));
        }
    }

    @Test
    void endlessLoopIsInterruptedAtItsDeadlineAndLeavesNoInterruptBehind() throws Exception {
        try (var guest = host(COUNTER)) {
            for (int i = 0; i < 20; i++) {
                assertThat(guest.call(within(Duration.ofMillis(5), "loop"))).isInstanceOf(CallOutcome.TimedOut.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(guest.call(CallRequest.of("count"))).isInstanceOf(CallOutcome.Returned.class);
            }
        }
    }

    @Test
    void endlessLoopOnAVirtualThreadIsInterruptedAsWell() throws Exception {
        try (var guest = host(COUNTER)) {
            var outcome = new CompletableFuture<CallOutcome>();
            Thread.ofVirtual().start(() -> outcome.complete(guest.call(within(Duration.ofMillis(5), "loop"))));
            assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.TimedOut.class);
        }
    }

    @Test
    void trapOfOneInstanceLeavesAnotherOneAsItWas() throws Exception {
        try (var one = host(COUNTER);
                var other = host(COUNTER)) {
            assertThat(one.call(CallRequest.of("trap"))).isInstanceOf(CallOutcome.Trapped.class);
            assertThat(one.session().status().tainted()).isTrue();
            assertThat(other.call(CallRequest.of("count"))).isInstanceOf(CallOutcome.Returned.class);
            assertThat(other.session().status().tainted()).isFalse();
        }
    }

    @Test
    void unknownExportIsRejectedWithTheNearestName() throws Exception {
        try (var guest = host(COUNTER)) {
            assertThat(guest.call(CallRequest.of("cuont")))
                    .isInstanceOfSatisfying(
                            CallOutcome.Rejected.class,
                            rejected -> assertThat(rejected.reason()).contains("Did you mean count?"));
        }
    }

    @Test
    void hostFunctionThatWaitsOnPurposeRenewsTheDeadline() throws Exception {
        var self = new AtomicReference<HostedInstance>();
        var slow = Host.of("sleep", NOTHING, (_, _) -> {
            try {
                Thread.sleep(60);
                self.get().renewDeadline();
                return List.of();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the host was interrupted", e);
            }
        });
        try (var guest = host("""
                (module (import "host" "sleep" (func $sleep))
                  (func (export "run") (call $sleep) (call $sleep))
                  (func (export "nothing")))
                """, slow)) {
            self.set(guest);
            assertThat(guest.call(within(Duration.ofMillis(50), "run"))).isInstanceOf(CallOutcome.Returned.class);
        }
    }

    @Test
    void deadlineThatPassesInAHostFunctionStopsTheGuestAfterIt() throws Exception {
        var slow = Host.of("sleep", NOTHING, (_, _) -> {
            try {
                Thread.sleep(60);
                return List.of();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the host was interrupted", e);
            }
        });
        try (var guest = host("""
                (module (import "host" "sleep" (func $sleep))
                  (func (export "run") (call $sleep) (loop $l (br $l))))
                """, slow)) {
            assertThat(guest.call(within(Duration.ofMillis(1), "run")))
                    .isInstanceOfSatisfying(
                            CallOutcome.TimedOut.class,
                            late -> assertThat(late.stopped()).isFalse());
            assertThatThrownBy(guest::renewDeadline).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void randomDeadlinesLeaveAJournalOpenAndWhole(@TempDir Path folder) throws Exception {
        var path = folder.resolve("journal");
        var random = new Random(1);
        try (var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var journal = Host.of("append", NOTHING, (_, _) -> {
                try {
                    file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
                    file.write(ByteBuffer.wrap(new byte[] {5, 6, 7, 8}));
                    return List.of();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (var guest = host("""
                    (module (import "host" "append" (func $append))
                      (func (export "write_for_ever") (loop $l (call $append) (br $l))))
                    """, journal)) {
                for (int i = 0; i < 200; i++) {
                    var deadline = Duration.ofNanos(1 + random.nextInt(600_000));
                    assertThat(guest.call(within(deadline, "write_for_ever"))).isInstanceOf(CallOutcome.TimedOut.class);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
            }
            assertThat(file.isOpen()).isTrue();
        }
        assertThat(Files.size(path)).isPositive();
        assertThat(Files.size(path) % 8).isZero();
    }

    private static final String ALLOCATING = """
            (module (import "host" "answer" (func $answer (result i32))) (memory (export "memory") 1)
              (global $top (mut i32) (i32.const 1024))
              (func (export "alloc") (param i32) (result i32)
                (global.get $top) (global.set $top (i32.add (global.get $top) (local.get 0))))
              (func (export "run") (result i32) (i32.load (call $answer)))
              (func (export "loop") (loop $l (br $l))))
            """;

    @Test
    void hostFunctionCallsItsGuestForMemory() throws Exception {
        var self = new AtomicReference<HostedInstance>();
        var host = Host.of("answer", new FunctionType(List.of(), List.of(ValueType.I32)), (memory, _) -> {
            var made = (CallOutcome.Returned) self.get().call(CallRequest.of("alloc", Value.i32(4)));
            var address = made.results().getFirst();
            memory.write(address.low(), new byte[] {42, 0, 0, 0});
            return List.of(address);
        });
        try (var guest = host(ALLOCATING, host)) {
            self.set(guest);
            assertThat(guest.call(CallRequest.of("run")))
                    .isInstanceOfSatisfying(
                            CallOutcome.Returned.class,
                            returned -> assertThat(returned.results()).containsExactly(Value.i32(42)));
            assertThat(guest.memory().read(1024, 1)).containsExactly(42);
        }
    }

    @Test
    void guestThatLoopsInACallOfItsHostIsInterruptedAtTheOuterDeadline() throws Exception {
        var self = new AtomicReference<HostedInstance>();
        var inner = new AtomicReference<CallOutcome>();
        var host = Host.of("answer", new FunctionType(List.of(), List.of(ValueType.I32)), (_, _) -> {
            inner.set(self.get().call(CallRequest.of("loop")));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return List.of(Value.i32(0));
        });
        try (var guest = host(ALLOCATING, host)) {
            self.set(guest);
            var outcome = guest.call(within(Duration.ofMillis(500), "run"));
            assertThat(inner.get()).isInstanceOf(CallOutcome.TimedOut.class);
            assertThat(outcome).isInstanceOfAny(CallOutcome.TimedOut.class, CallOutcome.Returned.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void reactorIsInitializedAndAnEndlessStartIsRefused() throws Exception {
        try (var guest = host("""
                (module (memory (export "memory") 1)
                  (func (export "_initialize") (i32.store (i32.const 0) (i32.const 7))))
                """)) {
            assertThat(guest.memory().read(0, 1)).containsExactly(7);
        }
        var endless = Wat.module("(module (func $s (loop $l (br $l))) (start $s))");
        var request =
                HostingRequest.of(endless, "endless").withLimits(Limits.DEFAULT.withCallTime(Duration.ofMillis(20)));
        assertThatThrownBy(() -> engine.host(request))
                .isInstanceOf(InstantiationFailedException.class)
                .hasMessageContaining("did not end within 20 ms");
    }

    @Test
    void unmetImportIsRefusedByNameAndStubbedWhereWanted() throws Exception {
        var module = Wat.module("(module (import \"env\" \"gone\" (func $g)) (func (export \"f\") (call $g)))");
        assertThatThrownBy(() -> engine.host(HostingRequest.of(module, "test")))
                .isInstanceOf(InstantiationFailedException.class)
                .hasMessageContaining("env.gone");
        var stubbing = new HostingRequest(
                module, "test", "interpreter", MemoryKind.PLAIN, Limits.DEFAULT, Optional.empty(), List.of(), true);
        try (var guest = engine.host(stubbing)) {
            assertThat(guest.call(CallRequest.of("f")))
                    .isInstanceOfSatisfying(
                            CallOutcome.Trapped.class,
                            trapped -> assertThat(trapped.reason()).contains("env.gone"));
        }
    }

    @Test
    void unknownRuntimeAndUnreadableFileAreSentences() {
        var request = HostingRequest.of(Wat.module(COUNTER), "test");
        var other = new HostingRequest(
                request.module(),
                "test",
                "wasmer",
                MemoryKind.PLAIN,
                Limits.DEFAULT,
                Optional.empty(),
                List.of(),
                false);
        assertThatThrownBy(() -> engine.host(other)).hasMessageContaining("There is no runtime \"wasmer\"");
        assertThatThrownBy(() -> engine.read("nowhere.wasm"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere.wasm");
    }
}
