package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.Value;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// What calls and edits change, and how it is taken back.
interface HistoryContract extends SessionOpener {
    @Test
    default void changedBytesAreListedAndUndone() {
        var session = open(ARITHMETIC);
        SessionOpener.call(session, "store", Value.i32(0xffe), Value.i32(0x0403_0201));
        var changes = session.lastChanges(0, 10).join();
        assertThat(changes.total()).isEqualTo(1);
        assertThat(changes.bytes()).isEqualTo(4);
        assertThat(changes.ranges().getFirst().address()).isEqualTo(0xffe);
        assertThat(changes.ranges().getFirst().before()).containsExactly(0, 0, 0, 0);
        assertThat(changes.ranges().getFirst().after()).containsExactly(1, 2, 3, 4);

        assertThat(session.undo().join()).isEqualTo(new UndoOutcome.Undone("call of store"));
        assertThat(session.read(0, 0xffe, 4).join().bytes()).containsExactly(0, 0, 0, 0);
        var undone = session.lastChanges(0, 10).join();
        assertThat(undone.ranges().getFirst().before()).containsExactly(1, 2, 3, 4);
        assertThat(session.status().epoch()).isEqualTo(2);
        assertThat(session.undo().join()).isInstanceOf(UndoOutcome.NothingToUndo.class);
    }

    @Test
    default void undoTakesBackGlobalsTablesAndGrowth() {
        var session = open(ARITHMETIC);
        SessionOpener.call(session, "count_up");
        SessionOpener.call(session, "put");
        SessionOpener.call(session, "grow", Value.i32(2));
        SessionOpener.call(session, "fill", Value.i32(65_000), Value.i32(5), Value.i32(100_000));
        assertThat(session.status().memoryPages()).containsExactly(3);
        assertThat(session.status().undoSteps()).isEqualTo(4);
        assertThat(session.lastChanges(0, 10).join().bytes()).isEqualTo(100_000);

        session.undo().join();
        session.undo().join();
        assertThat(session.status().memoryPages()).containsExactly(1);
        session.undo().join();
        assertThat(SessionOpener.call(session, "is_put"))
                .extracting("results")
                .asString()
                .contains("1");
        session.undo().join();
        session.undo().join();
        assertThat(session.globals().join().getFirst().value()).isEqualTo(Value.i32(7));
        SessionOpener.call(session, "grow", Value.i32(2));
        assertThat(session.read(0, 65_536, 131_072).join().bytes()).containsOnly(0);
    }

    @Test
    default void trapTaintsAndUndoClearsIt() {
        var session = open(ARITHMETIC);
        assertThat(SessionOpener.call(session, "trap_after_store"))
                .extracting("reason")
                .isEqualTo("unreachable");
        assertThat(session.status().tainted()).isTrue();
        assertThat(session.read(0, 16, 1).join().bytes()).containsExactly(-1);
        session.undo().join();
        assertThat(session.status().tainted()).isFalse();
        assertThat(session.read(0, 16, 1).join().bytes()).containsExactly(0);
    }

    @Test
    default void writtenBytesAreAStepThatCanBeUndone() {
        var session = open(ARITHMETIC);
        var ranges = session.write(0, 0x400, new byte[] {1, 0, 2}).join();
        assertThat(ranges).hasSize(2);
        session.undo().join();
        assertThat(session.read(0, 0x400, 3).join().bytes()).containsOnly(0);
    }

    @Test
    default void rangeOutsideMemoryFailsWithTheLimit() {
        var session = open(ARITHMETIC);
        assertThatThrownBy(() -> session.read(0, 65_535, 2).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("0x10000");
        assertThatThrownBy(() -> session.write(0, -1, new byte[1]).join())
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> session.read(1, 0, 1).join()).hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    default void plainSessionSaysWhyNothingCanBeUndone() {
        var session = open(request(Wat.module(ARITHMETIC), MemoryKind.PLAIN, Limits.DEFAULT));
        SessionOpener.call(session, "store", Value.i32(0), Value.i32(1));
        assertThat(session.lastChanges(0, 10).join().ranges()).isEmpty();
        assertThat(session.undo().join())
                .isInstanceOfSatisfying(
                        UndoOutcome.NothingToUndo.class,
                        why -> assertThat(why.reason()).contains("plain"));
    }
}
