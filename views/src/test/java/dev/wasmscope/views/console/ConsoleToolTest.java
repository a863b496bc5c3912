package dev.wasmscope.views.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.views.control.FxTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/// By keyboard and mouse, against a real server.
class ConsoleToolTest extends FxTest {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    static Path temporary;

    private final ConsoleViewModel model = new ConsoleViewModel(
            background,
            new Directories(
                    temporary, temporary.resolve("state"), temporary.resolve("cache"), temporary.resolve("run")),
            Optional.empty());

    @Override
    protected Parent content() {
        return new ConsoleView(model, background);
    }

    @AfterEach
    void end() throws Exception {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void stringsHashesAndStreamsAreWrittenAndReadBack(String transport) {
        robot.clickOn("#segment-" + transport).clickOn("#console-prompt");
        type("SET hello world", "OK");
        type("GET hello", "\"world\"");
        type("HSET ship name Argo mast 1", "(integer) 2");
        type("HGETALL ship", "1# \"name\" => \"Argo\"");
        type("XADD log 1-1 event start", "\"1-1\"");
        type("XRANGE log - +", "2) \"start\"");

        assertThat(output())
                .contains("native:" + transport + "[0]> XRANGE log - +")
                .containsPattern("[\\d,]+\u00a0µs");
        assertThat(text("#console-prompt-name")).isEqualTo("native:" + transport + "[0]>");
    }

    @Test
    void oneClickStartsTheNativeServer() {
        robot.clickOn("#console-connect");
        until(
                "connected",
                () -> text("#console-state").startsWith("redis 7")
                        || text("#console-state").startsWith("redis 6"));

        robot.clickOn("#console-connect");
        until("disconnected", () -> text("#console-state").equals("Off"));
    }

    @Test
    void completionAndHintHelpWhileTyping() {
        robot.clickOn("#console-prompt").write("hget");
        until("proposals are there", () -> completion().isVisible());
        robot.type(KeyCode.TAB);

        assertThat(field().getText()).isEqualTo("HGETALL ");
        assertThat(text("#console-hint")).isEqualTo("key");
        robot.write("k");
        assertThat(text("#console-hint")).isEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.C);
        assertThat(field().getText()).isEmpty();
    }

    @Test
    void arrowsAndTabChooseAmongProposals() {
        robot.clickOn("#console-prompt").write("xr");
        until("proposals are there", () -> completion().getItems().size() > 2);
        robot.type(KeyCode.TAB).type(KeyCode.DOWN).type(KeyCode.UP).type(KeyCode.ENTER);

        assertThat(field().getText()).isEqualTo("XRANGE ");
        assertThat(completion().isVisible()).isFalse();
    }

    @Test
    void historyIsReachedByArrowsAndBySearch() {
        robot.clickOn("#console-prompt");
        type("SET found 1", "OK");
        type("PING", "PONG");
        robot.type(KeyCode.UP, KeyCode.UP);
        assertThat(field().getText()).isEqualTo("SET found 1");
        robot.type(KeyCode.DOWN, KeyCode.DOWN);
        assertThat(field().getText()).isEmpty();

        robot.push(KeyCode.CONTROL, KeyCode.R).write("foun");
        assertThat(text("#console-hint")).contains("SET found 1");
        robot.type(KeyCode.END);
        assertThat(field().getText()).isEqualTo("SET found 1");
    }

    @Test
    void pastedLinesRunAndTheLastWaits() {
        robot.clickOn("#console-prompt");
        onUi(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, "SET p 1\nINCR p\nGET p")));
        robot.push(KeyCode.CONTROL, KeyCode.V);
        until("both lines ran", () -> output().contains("(integer) 2"));

        assertThat(field().getText()).isEqualTo("GET p");
    }

    @Test
    void blockingCommandIsCancelledByKeyAndScreenIsCleared() {
        robot.clickOn("#console-prompt").write("BLPOP nothing 0", 0).type(KeyCode.ENTER);
        until("it waits", () -> robot.lookup("#console-stop").query().isVisible());
        robot.push(KeyCode.CONTROL, KeyCode.C);
        until("it is cancelled", () -> output().contains("Cancelled"));
        type("PING", "PONG");

        // A command of the window.
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        settle();
        assertThat(output()).contains("PONG");
        robot.push(KeyCode.CONTROL, KeyCode.L);
        settle();
        assertThat(output()).isEmpty();
    }

    @Test
    void rawShowsTheWireOfWhatIsThere() {
        robot.clickOn("#console-prompt");
        type("HSET raw a 1", "(integer)");
        type("HGETALL raw", "1# \"a\" => \"1\"");
        robot.clickOn("#console-raw");
        settle();

        assertThat(output()).contains("%1\\r\\n").contains("$1\\r\\n");
    }

    @Test
    void addressThatIsWrongIsExplainedInTheForm() {
        robot.clickOn("#console-address");
        robot.doubleClickOn("#console-port").write("70000").clickOn("#console-address-connect");
        settle();

        assertThat(robot.lookup(".address-form .error-text").<Label>query().getText())
                .contains("70000 is not between 1 and 65535");
    }

    private void type(String command, String reply) {
        robot.write(command, 0).type(KeyCode.ENTER);
        var entered = "> " + command + "\n";
        until("answer to " + command, () -> {
            var shown = output();
            return shown.contains(entered)
                    && shown.substring(shown.lastIndexOf(entered)).contains(reply);
        });
    }

    private static void until(String what, BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    PATIENCE_SECONDS,
                    TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
        } catch (TimeoutException e) {
            throw new AssertionError("Waited in vain: " + what, e);
        }
    }

    private String output() {
        return robot.lookup("#console-output").<StyleClassedTextArea>query().getText();
    }

    private TextField field() {
        return robot.lookup("#console-prompt").query();
    }

    private ListView<?> completion() {
        return robot.lookup("#console-completion").queryListView();
    }

    private String text(String id) {
        return robot.lookup(id).<Label>query().getText();
    }
}
