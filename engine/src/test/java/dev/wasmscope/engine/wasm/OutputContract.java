package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.SessionStatus;
import org.junit.jupiter.api.Test;

/// What a guest prints.
interface OutputContract extends SessionOpener {
    String HELLO = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 16) "hello\\n")
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.const 6))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (call $exit (i32.const 7))))
            """;

    @Test
    default void outputAndExitCodeOfACommandAreCaptured() {
        var session = open(request(Wat.module(HELLO), MemoryKind.TRACKED, Limits.DEFAULT));
        assertThat(SessionOpener.call(session, "_start"))
                .isInstanceOfSatisfying(
                        CallOutcome.Exited.class,
                        exited -> assertThat(exited.code()).isEqualTo(7));
        assertThat(session.output(OutputStreamName.STDOUT, 0).bytes())
                .asString()
                .isEqualTo("hello\n");
        assertThat(session.status().output().stdout()).isEqualTo(6);
    }

    @Test
    default void outputAndMemoryAreSeenWhileTheGuestRuns() {
        var session = open("""
                (module
                  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 16) "hello\\n")
                  (func (export "run")
                    (i32.store (i32.const 0) (i32.const 16))
                    (i32.store (i32.const 4) (i32.const 6))
                    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                    (drop (memory.grow (i32.const 2)))
                    (loop $l (br $l))))
                """);
        var running = session.call(CallRequest.of("run"));
        while (session.status().output().stdout() < 6
                || session.status().memoryPages().getFirst() < 3) {
            Thread.onSpinWait();
        }
        assertThat(session.status().phase())
                .isInstanceOfSatisfying(
                        SessionStatus.Phase.Running.class,
                        phase -> assertThat(phase.export()).isEqualTo("run"));
        assertThat(session.output(OutputStreamName.STDOUT, 1).bytes())
                .asString()
                .isEqualTo("ello\n");
        assertThat(session.read(0, 16, 5).join().bytes()).asString().isEqualTo("hello");
        session.stop();
        assertThat(running.join()).isInstanceOf(CallOutcome.TimedOut.class);
        assertThat(session.status().phase()).isInstanceOf(SessionStatus.Phase.Idle.class);
    }

    @Test
    default void ofOutputThatIsTooLongTheEndIsKept() {
        var session = open("""
                (module
                  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 2)
                  (func (export "run") (local $i i32)
                    (i32.store (i32.const 0) (i32.const 65536))
                    (i32.store (i32.const 4) (i32.const 65536))
                    (loop $l
                      (i32.store8 (i32.const 65536) (local.get $i))
                      (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))
                      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))))
                """);
        assertThat(SessionOpener.call(session, "run")).isInstanceOf(CallOutcome.Returned.class);
        assertThat(session.status().output().stderr()).isEqualTo(50 << 16);
        var kept = session.output(OutputStreamName.STDERR, 5);
        assertThat(kept.from()).isEqualTo(34 << 16);
        assertThat(kept.bytes()).hasSize(16 << 16);
        for (int i = 0; i < 16; i++) {
            assertThat(kept.bytes()[i << 16]).isEqualTo((byte) (34 + i));
        }
    }
}
