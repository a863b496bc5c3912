package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionStatus.Phase;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The test's thread is the UI thread: it runs what was queued and looks at the session, as frames would.
class MemoryViewModelTest {
    private static final String SENTENCE = "memory is one array, really";

    private final LinkedBlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final Background background = new Background(ui::add);
    private final Sessions sessions = new Sessions();
    private final List<Notice> notices = new ArrayList<>();
    private final ReadOnlyObjectWrapper<@Nullable OpenModule> active = new ReadOnlyObjectWrapper<>();
    private final MemoryViewModel model = new MemoryViewModel(active.getReadOnlyProperty(), background, notices::add);

    @AfterEach
    void close() {
        background.close();
        sessions.close();
    }

    @Test
    void callsChangesAreListedWithOldAndNewBytesAndColoured() {
        var session = look("strings");
        call(session, "reverse", 0x20, 27);
        untilChanged();
        var after = new StringBuilder(SENTENCE).reverse().toString();
        until("the reversed bytes are read", () -> shown(0x20, 27).equals(after));
        int differing = 0;
        for (int i = 0; i < 27; i++) {
            boolean changed = SENTENCE.charAt(i) != after.charAt(i);
            differing += changed ? 1 : 0;
            assertThat(heat(0x20 + i) > 0).as("byte %d", i).isEqualTo(changed);
        }
        var changes = model.changesProperty().get();
        assertThat(changes.bytes()).isEqualTo(differing);
        assertThat(changes.summary()).isEqualTo("%d bytes in %d ranges".formatted(differing, changes.total()));
        var first = changes.ranges().getFirst();
        assertThat(new String(first.before(), StandardCharsets.UTF_8)).startsWith("m");
        assertThat(new String(first.after(), StandardCharsets.UTF_8)).startsWith("y");
    }

    @Test
    void undoPutsTheBytesBackAndSaysWhatItUndid() {
        var session = look("strings");
        call(session, "upper", 0x20, 27);
        until("the capitals are read", () -> shown(0x20, 6).equals("MEMORY"));
        model.undo();
        until("the small letters are back", () -> shown(0x20, 6).equals("memory") && !notices.isEmpty());
        assertThat(notices.getFirst().text()).contains("upper");
    }

    @Test
    void typedDigitsWriteOneByteThatCanBeUndone() {
        look("strings");
        until("the symbols are read", () -> !model.places().symbols().isEmpty());
        assertThat(model.places().goTo("text")).isEqualTo(new GoTo.Place(0x20, 0));
        until("the text is read", () -> shown(0x20, 6).equals("memory"));
        model.hex().typing().digit(4);
        assertThat(model.hex().typing().digit()).isEqualTo(4);
        model.hex().typing().digit(0xd);
        until("the byte is written", () -> shown(0x20, 6).equals("Memory"));
        assertThat(model.hex().selection()).isEqualTo(Selection.at(0x21));
        untilChanged();
        var range = model.changesProperty().get().ranges().getFirst();
        assertThat(range.before()).containsExactly('m');
        assertThat(range.after()).containsExactly('M');
        model.undo();
        until("the byte is back", () -> shown(0x20, 6).equals("memory"));
    }

    @Test
    void typedTextIsWrittenAsUtf8AndStopsAtTheEndOfMemory() {
        look("strings");
        model.places().jump(65_534, 0);
        model.hex().typing().text("né!");
        until("two bytes are written", () -> read(65_535) == 0xc3);
        assertThat(model.hex().selection()).isEqualTo(Selection.at(65_535));
    }

    @Test
    void globalsSegmentsAndWrongNamesWhereOneTypes() {
        look("strings");
        until("the symbols are read", () -> !model.places().symbols().isEmpty());
        assertThat(model.places().parse("text_length")).isEqualTo(new GoTo.Place(27, 0));
        assertThat(model.places().parse("memory")).isEqualTo(new GoTo.Place(0, 0));
        assertThat(model.places().parse("greet"))
                .isEqualTo(new GoTo.Wrong("greet is a function, which has no address in memory."));
        assertThat(model.places().parse("0x10000"))
                .isEqualTo(new GoTo.Wrong("0x10000 is beyond the last byte at 0xffff."));
        model.places().jump(0x20, 0);
        model.places().jump(0x60, 8);
        model.places().back();
        assertThat(model.hex().selection().start()).isEqualTo(0x20);
        model.places().forward();
        assertThat(model.hex().selection().length()).isEqualTo(8);
    }

    @Test
    void whileACallRunsMemoryIsLiveAndWritingIsRefusedWithItsName() {
        var session = look("loops");
        model.hex().resized(new HexGeometry(16, HexUnit.U8, 8, 7), 10);
        var outcome = session.call(TestModule.endless("br"));
        until("bytes change while it runs", () -> {
            model.hex().prepare(10);
            return model.mixedProperty().get() && heat(0) > 0;
        });
        assertThat(model.runningProperty().get()).isEqualTo("br");
        model.hex().typing().digit(1);
        assertThat(model.hex().typing().digit()).isEqualTo(-1);
        assertThat(model.hex().problemProperty().get())
                .isEqualTo("br is running. Bytes can be edited when it has ended: wait for it, or stop it.");
        session.stop();
        until(
                "it is at rest",
                () -> !model.mixedProperty().get()
                        && model.changesProperty().get().total() > 0);
        assertThat(outcome.join()).isInstanceOf(CallOutcome.TimedOut.class);
        assertThat(model.refusal()).isEmpty();
    }

    @Test
    void withoutLiveNothingIsReadWhileACallRuns() {
        var session = look("loops");
        until("page 0 is read", () -> read(0) >= 0);
        model.liveProperty().set(false);
        var outcome = session.call(TestModule.endless("br"));
        until("it runs", () -> !model.runningProperty().get().isEmpty());
        for (int i = 0; i < 20; i++) {
            frame();
            assertThat(read(0)).isZero();
        }
        session.stop();
        until("its bytes are read at rest", () -> read(0) != 0 || read(1) != 0 || read(2) != 0);
        outcome.join();
    }

    @Test
    void grownPagesCanBeGoneToAndAreCounted() {
        var session = look("grow");
        assertThat(model.pagesProperty().get()).isEqualTo(1);
        call(session, "append_page");
        untilChanged();
        assertThat(model.changesProperty().get().grown()).isEqualTo(1);
        assertThat(model.places().goTo("0x10000")).isEqualTo(new GoTo.Place(0x10000, 0));
        until("the new page is read", () -> read(0x10000) == 1);
        model.undo();
        until("the page is gone", () -> model.hex().size() == 65_536);
        assertThat(model.pagesProperty().get()).isEqualTo(1);
    }

    @Test
    void everyWayOfHavingNoMemoryIsTold() {
        assertThat(model.stateProperty().get()).isEqualTo(new MemoryState.NoModule());
        look("add");
        assertThat(model.stateProperty().get()).isEqualTo(new MemoryState.NoMemory("add.wasm"));
        var idle = new TestModule("strings");
        active.set(idle);
        assertThat(model.stateProperty().get()).isEqualTo(new MemoryState.NoSession(idle, ""));
        assertThat(model.refusal()).contains("There is no memory to write to.");
        model.undo();
        look("strings").close();
        until("the end of the session is seen", () -> model.stateProperty().get() instanceof MemoryState.NoSession);
        assertThat(model.hex().size()).isZero();
        active.set(null);
        assertThat(model.stateProperty().get()).isEqualTo(new MemoryState.NoModule());
    }

    @Test
    void placeInAModuleThatHasNotStartedIsShownWhenItHas() {
        var module = new TestModule("strings");
        model.open(new Location.Memory(module, 0, 0x60, 8));
        module.start(sessions);
        assertThat(model.hex().selection().start()).isEqualTo(0x60);
        assertThat(model.hex().selection().length()).isEqualTo(8);
        model.open(new Location.Memory(module, 0, 0x20000, 4));
        assertThat(notices.getLast().text()).isEqualTo("0x20000 is not in memory[0]: it has 65,536 bytes.");
        model.open(new Location.Memory(module, 3, 0, 4));
        assertThat(notices.getLast().text()).startsWith("0x0 is not in memory[3]");
    }

    @Test
    void restartAndComingBackKeepThePlace() {
        look("strings");
        var module = (TestModule) active.get();
        model.places().jump(0x60, 8);
        module.end();
        module.start(sessions);
        assertThat(model.hex().selection().start()).isEqualTo(0x60);
        look("grow");
        assertThat(model.hex().selection().start()).isZero();
        active.set(module);
        assertThat(model.hex().selection().start()).isEqualTo(0x60);
    }

    private Session look(String sample) {
        var module = TestModule.started(sessions, sample);
        active.set(module);
        return module.session();
    }

    private static void call(Session session, String export, int... arguments) {
        var values = new Value[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            values[i] = Value.i32(arguments[i]);
        }
        CompletableFuture<CallOutcome> outcome = session.call(CallRequest.of(export, values));
        assertThat(outcome.join()).isInstanceOf(CallOutcome.Returned.class);
        assertThat(session.status().phase()).isInstanceOf(Phase.Idle.class);
    }

    private void untilChanged() {
        until("the changes are listed", () -> model.changesProperty().get().total() > 0);
    }

    private String shown(long address, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) Math.max(0, read(address + i)));
        }
        return text.toString();
    }

    private int read(long address) {
        model.hex().cache().want(address, 1);
        return model.hex().cache().at(address);
    }

    private double heat(long address) {
        var heat = new float[1];
        model.hex().marks().heat(address, System.nanoTime(), heat);
        return heat[0];
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            frame();
        }
    }

    private void frame() {
        try {
            model.pulse(System.nanoTime());
            for (var next = ui.poll(10, TimeUnit.MILLISECONDS); next != null; next = ui.poll()) {
                next.run();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
