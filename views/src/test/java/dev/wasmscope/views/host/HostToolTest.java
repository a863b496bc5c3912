package dev.wasmscope.views.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.marshal.StringCall;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.control.WatText;
import dev.wasmscope.views.host.ImportRow.Does;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Imports by hand and calls with strings, by robot, on real guests.
class HostToolTest extends FxTest {
    private static final String FILTER = """
            (module (import "easegress" "host_req_get_method" (func $method (result i32)))
              (import "easegress" "host_log" (func $log (param i32 i32)))
              (memory (export "memory") 1)
              (global $top (mut i32) (i32.const 1024))
              (func (export "wasm_alloc") (param i32) (result i32)
                (global.get $top) (global.set $top (i32.add (global.get $top) (local.get 0))))
              (func (export "same") (param i32) (result i32) (local.get 0))
              (func (export "wasm_run") (result i32) (call $log (i32.const 3) (call $method)) (i32.const 0)))
            """;

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
        return new StackPane(new HostTool(workspace, workbench).node(), probe);
    }

    private void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain: " + what);
            }
            settle();
        }
    }

    private ModuleDocument open(String text) {
        var source = WatText.module(text);
        onUi(() -> workspace.open(source));
        until("it runs", () -> sessionOf(active()) != null);
        return active();
    }

    private ModuleDocument active() {
        var active = workspace.activeProperty().get();
        if (active == null) {
            throw new AssertionError("no module is open");
        }
        return active;
    }

    private static @Nullable Session sessionOf(ModuleDocument document) {
        return document.sessionProperty().get();
    }

    private String text(String id) {
        return robot.lookup("#" + id).queryAs(Label.class).getText();
    }

    @Test
    void filterIsRecognisedAndOneClickGivesItItsHost() {
        var document = open(FILTER);
        assertThat(text("host-profile")).isEqualTo("Easegress filter; missing: the exported function wasm_free(i32)");
        assertThat(workbench.statusItems)
                .singleElement()
                .satisfies(item -> assertThat(item.text().getValue()).isEqualTo("Easegress filter, 1 missing"));
        assertThat(document.stubbedProperty().get()).hasSize(2);
        var before = sessionOf(document);
        robot.clickOn("#host-stubs");
        until("it was started anew", () -> sessionOf(document) != null && !Objects.equals(sessionOf(document), before));
        assertThat(document.stubbedProperty().get()).isEmpty();
        var session = Objects.requireNonNull(sessionOf(document), "a session");
        session.call(CallRequest.of("wasm_run")).join();
        assertThat(session.wasiCalls(1).calls())
                .extracting(call -> call.function())
                .containsExactly("easegress.host_req_get_method", "easegress.host_log");
        assertThat(new String(session.output(OutputStreamName.STDERR, 0).bytes(), StandardCharsets.UTF_8))
                .contains("\"GET\"");
    }

    @Test
    void importIsDefinedByHandAndABadDefinitionIsASentence() {
        var document = open("""
                (module (import "env" "twice" (func $twice (param i32) (result i32)))
                  (func (export "run") (param i32) (result i32) (call $twice (local.get 0))))
                """);
        var before = sessionOf(document);
        @SuppressWarnings("unchecked")
        ComboBox<Does> choice = robot.lookup("#host-does-twice").queryAs(ComboBox.class);
        onUi(() -> choice.setValue(Does.EXPRESSION));
        robot.clickOn("#host-value-twice").write("$0 * 2").type(KeyCode.ENTER);
        until("it was started anew", () -> sessionOf(document) != null && !Objects.equals(sessionOf(document), before));
        assertThat(Objects.requireNonNull(sessionOf(document), "a session")
                        .call(CallRequest.of("run", Value.i32(21)))
                        .join()
                        .toString())
                .contains("42");
        onUi(() -> robot.lookup("#host-value-twice").queryAs(TextField.class).setText("$0 *"));
        robot.clickOn("#host-apply");
        until("it failed", () -> document.sessionStateProperty().get() instanceof SessionState.Failed);
        assertThat(text("host-problem")).contains("a number or an argument such as $0 was expected");
    }

    private List<Hyperlink> linksTo(String address) {
        return robot.lookup("#host-steps .hyperlink").queryAllAs(Hyperlink.class).stream()
                .filter(link -> link.getText().equals(address))
                .toList();
    }

    @Test
    void everyStepOfACallWithStringsLeadsToItsBytes() {
        open(FILTER);
        robot.clickOn("#segment-Calls");
        @SuppressWarnings("unchecked")
        ComboBox<String> export = robot.lookup("#host-export").queryAs(ComboBox.class);
        assertThat(export.getValue())
                .as("the first that is no service of the host's")
                .isEqualTo("same");
        robot.clickOn("#host-text-result");
        robot.clickOn("#host-arguments").write("\"hello\"").type(KeyCode.ENTER);
        ListView<StringCall.Step> steps = robot.lookup("#host-steps").queryListView();
        until("it was called", () -> steps.getItems().size() == 5);
        assertThat(text("host-outcome")).isEqualTo("\"hello\"");
        until("the steps are drawn", () -> !linksTo("0x400").isEmpty());
        robot.clickOn(linksTo("0x400").getFirst());
        assertThat(workbench.locations).singleElement().isInstanceOfSatisfying(Location.Memory.class, place -> {
            assertThat(place.address()).isEqualTo(0x400);
            assertThat(place.length()).isEqualTo(10);
        });
        onUi(() -> robot.lookup("#host-arguments").queryAs(TextField.class).setText("hello"));
        robot.clickOn("#host-call");
        assertThat(text("host-outcome")).contains("A string stands in quotes.");
    }
}
