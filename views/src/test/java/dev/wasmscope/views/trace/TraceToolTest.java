package dev.wasmscope.views.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The table by robot, on a real guest.
class TraceToolTest extends FxTest {
    private final Sessions sessions = new Sessions();
    private final PaletteProbe probe = new PaletteProbe();
    private final TestWorkbench workbench = new TestWorkbench(background, probe);
    private final Workspace workspace =
            new Workspace(background, new EngineServices(sessions, SampleCatalogue.load()), workbench::notify, _ -> {});

    @AfterEach
    void closeSessions() {
        onUi(() -> List.copyOf(workspace.modules()).forEach(workspace::close));
        sessions.close();
    }

    @Override
    protected Parent content() {
        return new StackPane(new WasiTraceTool(workspace, workbench).node(), probe);
    }

    private void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain: " + what);
            }
            settle();
        }
    }

    private void open(String sample) {
        onUi(() -> workspace.openSample(sample));
        until(sample + " runs", () -> {
            var active = workspace.activeProperty().get();
            return active != null
                    && active.name().startsWith(sample)
                    && active.sessionProperty().get() != null;
        });
    }

    private void call(String export) {
        var active = workspace.activeProperty().get();
        var session = active == null ? null : active.sessionProperty().get();
        if (session == null) {
            throw new AssertionError("open a sample first");
        }
        session.call(CallRequest.of(export)).join();
    }

    @SuppressWarnings("unchecked")
    private TableView<CallRow> table() {
        return robot.lookup("#trace-table").queryAs(TableView.class);
    }

    private List<String> functions() {
        return table().getItems().stream().map(row -> row.call().function()).toList();
    }

    private String empty() {
        return robot.from(table()).lookup(".empty-state .label").queryAll().stream()
                .map(node -> ((Label) node).getText())
                .reduce("", (a, b) -> a + b);
    }

    private void traceHello() {
        open("hello");
        robot.clickOn("#trace-on");
        call("_start");
        until("calls are listed", () -> functions().contains("fd_write"));
    }

    @Test
    void emptyTableSaysHowToGetATrace() {
        assertThat(empty()).contains("Open a module");
        open("fib");
        assertThat(empty()).contains("fib.wasm imports no function of WASI");
        assertThat(robot.lookup("#trace-on").query().isDisabled()).isTrue();
        open("hello");
        assertThat(empty()).contains("not traced");
        robot.clickOn("Trace hello.wasm");
        assertThat(empty()).contains("Call a function of hello.wasm");
        onUi(() -> workbench.run("wasi.trace"));
        assertThat(empty()).contains("not traced");
        assertThat(workbench.shown).containsExactly(WasiTraceTool.ID);
    }

    @Test
    void callsAreListedFilteredSortedAndCopied() {
        traceHello();
        var all = functions();
        assertThat(robot.lookup("#trace-count").queryAs(Label.class).getText()).isEqualTo(all.size() + " calls");
        robot.clickOn("#trace-filter").write("ebadf");
        assertThat(functions()).containsOnly("fd_prestat_get").hasSizeLessThan(all.size());
        assertThat(robot.lookup("#trace-count").queryAs(Label.class).getText())
                .endsWith(" of " + all.size() + " calls");
        robot.write("nothing like this");
        assertThat(empty()).contains("No call matches");
        robot.push(KeyCode.ESCAPE);
        assertThat(functions()).isEqualTo(all);
        robot.clickOn("Function");
        assertThat(functions()).isSorted().hasSameSizeAs(all);
        robot.clickOn("#trace-copy");
        onUi(() -> assertThat(Clipboard.getSystemClipboard().getString())
                .startsWith("call\tfunction\tresult")
                .contains("\tfd_write\tok\tfd=1 (stdout), iovs=[0x"));
        robot.clickOn("#trace-clear");
        assertThat(functions()).isEmpty();
    }

    @Test
    void pointersLeadToMemoryByMouseAndKeyboard() {
        traceHello();
        robot.clickOn("#trace-filter").write("nwritten");
        settle();
        var pointer = robot.from(table()).lookup(".runs .text.pointer").query();
        robot.clickOn(pointer);
        var row = table().getItems().getFirst();
        var buffer = row.pointers().getFirst().at();
        assertThat(workbench.locations).singleElement().isInstanceOfSatisfying(Location.Memory.class, place -> {
            assertThat(place.address()).isEqualTo(buffer.address());
            assertThat(place.length()).isEqualTo(buffer.length());
        });
        robot.clickOn("#trace-filter").push(KeyCode.DOWN).push(KeyCode.ENTER);
        assertThat(workbench.locations).hasSize(2);
        robot.rightClickOn(pointer);
        settle();
        robot.clickOn("Show nwritten at 0x%x in Memory"
                .formatted(row.pointers().getLast().at().address()));
        assertThat(workbench.locations).hasSize(3);
    }

    @Test
    void sessionThatStartsAnewIsTracedFromItsFirstCall() {
        traceHello();
        var first = functions();
        onUi(() -> {
            var active = workspace.activeProperty().get();
            if (active != null) {
                active.restart();
            }
        });
        until("the new session is empty", () -> functions().isEmpty());
        until("there is a session", () -> {
            var active = workspace.activeProperty().get();
            return active != null && active.sessionProperty().get() != null;
        });
        call("_start");
        until("calls are listed again", () -> functions().equals(first));
        assertThat(table().getItems().getFirst().call().number()).isEqualTo(1);
    }
}
