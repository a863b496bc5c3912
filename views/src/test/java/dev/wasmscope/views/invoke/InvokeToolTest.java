package dev.wasmscope.views.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.output.OutputLog;
import dev.wasmscope.views.output.OutputTool;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvokeToolTest extends FxTest {
    private final Sessions sessions = new Sessions();
    private final SampleCatalogue samples = SampleCatalogue.load();
    private final PaletteProbe probe = new PaletteProbe();
    private final TestWorkbench workbench = new TestWorkbench(background, probe);
    private final OutputLog log = new OutputLog();
    private final Workspace workspace =
            new Workspace(background, new EngineServices(sessions, samples), workbench::notify, _ -> {});

    @AfterEach
    void closeSessions() {
        sessions.close();
    }

    @Override
    protected Parent content() {
        var invoke =
                new InvokeTool(workspace, workbench, samples, log, new SimpleObjectProperty<>(Duration.ofSeconds(5)));
        var split = new SplitPane((Parent) new OutputTool(log).node(), (Parent) invoke.node());
        split.setDividerPositions(0.62);
        return new StackPane(split, probe);
    }

    @Override
    protected double height() {
        return 860;
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

    void openSample(String name) {
        onUi(() -> workspace.openSample(name));
        until(name + " is ready", () -> {
            var active = workspace.activeProperty().get();
            return active != null
                    && active.name().startsWith(name)
                    && !robot.lookup("#invoke-run").query().isDisabled();
        });
    }

    private void replace(String field, String text) {
        robot.clickOn(field).push(KeyCode.SHORTCUT, KeyCode.A).write(text);
    }

    private String value() {
        return robot.lookup("#invoke-value").queryAs(Label.class).getText();
    }

    @Test
    void enterInAFieldCallsAndShowsTheResult() {
        openSample("add");
        replace("#invoke-arg-0", "40");
        replace("#invoke-arg-1", "2");
        robot.type(KeyCode.ENTER);
        until("result", () -> robot.lookup("#invoke-value").tryQuery().isPresent());
        assertThat(value()).isEqualTo("42");
        until("logged", () -> log.lines().stream().anyMatch(line -> line.text().contains("→ 42")));
    }

    @Test
    void wrongTextIsMarkedWhileItIsTyped() {
        openSample("add");
        replace("#invoke-arg-0", "nonsense");
        assertThat(robot.lookup(".field-error").queryAllAs(Label.class))
                .anySatisfy(label -> assertThat(label.getText()).contains("nonsense"));
    }

    @Test
    void trapLinksToTheInstructionAndUndoTakesItBack() {
        openSample("traps");
        onUi(() -> workbench.locations.clear());
        var list = robot.lookup("#invoke-function").queryComboBox();
        onUi(() -> list.getItems().stream()
                .filter(item -> item.toString().contains("unreachable"))
                .findFirst()
                .ifPresent(
                        item -> list.getSelectionModel().select(list.getItems().indexOf(item))));
        robot.clickOn("#invoke-run");
        until("trap", () -> robot.lookup(".backtrace .link").tryQuery().isPresent());
        robot.clickOn(".backtrace .link");
        assertThat(workbench.locations)
                .anySatisfy(location -> assertThat(location)
                        .isInstanceOfSatisfying(
                                Location.Function.class,
                                function -> assertThat(function.offset()).isPresent()));
        until("tainted", () -> robot.lookup("#invoke-taint").query().isVisible());
        robot.clickOn("#invoke-restore");
        until("restored", () -> !robot.lookup("#invoke-taint").query().isVisible());
    }

    @Test
    void escapeStopsAnEndlessCall() {
        openSample("loops");
        replace("#invoke-timeout", "1m");
        robot.clickOn("#invoke-run");
        until("runs", () -> robot.lookup("#invoke-stop").query().isVisible());
        robot.type(KeyCode.ESCAPE);
        until("stopped", () -> robot.lookup("#invoke-run").query().isVisible());
        assertThat(log.lines()).anySatisfy(line -> assertThat(line.text()).contains("was stopped"));
        assertThat(robot.lookup("#invoke-timeout").queryAs(TextField.class).getText())
                .isEqualTo("1m");
    }

    @Test
    void aPageIsReadOnceItsServerIsGranted() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var page = "the page %s\n".formatted(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
        try {
            var port = server.getAddress().getPort();
            openSample("http-get");
            replace("#invoke-wasi-args", "127.0.0.1 %d /hello".formatted(port));
            robot.clickOn("#invoke-run");
            until("denied", () -> logged("Permission denied"));

            replace("#invoke-wasi-connect", "127.0.0.1");
            assertThat(robot.lookup(".field-error").queryAllAs(Label.class))
                    .anySatisfy(label -> assertThat(label.getText()).endsWith("is wanted, not 127.0.0.1."));
            robot.write(":" + port);
            robot.clickOn("#invoke-run");
            until("granted", () -> logged("the page /hello"));
        } finally {
            server.stop(0);
        }
    }

    private boolean logged(String text) {
        return log.lines().stream().anyMatch(line -> line.text().contains(text));
    }
}
