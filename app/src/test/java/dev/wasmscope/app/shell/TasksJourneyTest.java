package dev.wasmscope.app.shell;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.views.control.FxWatchdog;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The tool "Tasks" from end to end: the plugin as the program loads it, a Kafka broker of its own, the article's
/// processor.
class TasksJourneyTest extends ShellTest {
    private final Journey journey = new Journey(robot, Path.of("target", "journey", "tasks"));

    @Override
    Plugins plugins() {
        return Plugins.ofUser(directories());
    }

    @Test
    void tasksAreProducedProcessedAndPutOffWhereTheyFail() {
        start(BuiltIns.all(), "sample:add");
        journey.of(window());
        // Waits and I/O of the UI thread are looked for; cold code on a busy machine may burn what it needs.
        try (var _ = FxWatchdog.start(Duration.ofSeconds(30))) {
            journey.command(">Process tasks of Kafka");
            journey.until("the runner can be started", () -> journey.enabled("#tasks-toggle"));
            journey.picture("1-form");
            robot.clickOn("#tasks-toggle");
            journey.until("tasks can be produced", () -> journey.enabled("#tasks-produce"));
            produceTheArticles();
            produceAnother();
            failOne();
            robot.clickOn("#tasks-toggle");
            journey.until(
                    "the runner and its broker have stopped",
                    () -> journey.text("#tasks-toggle").equals("Start"));
            journey.until("what it did stays in sight", () -> messages().endsWith("Hello\nfrom\nWasm!\nagain\n"));
        }
    }

    private void produceTheArticles() {
        robot.clickOn("#tasks-produce");
        journey.until("the article's messages are there", () -> messages().equals("Hello\nfrom\nWasm!\n"));
        journey.until("they are counted", () -> journey.text("#tasks-processed").equals("3"));
        journey.picture("2-processed");
    }

    private void produceAnother() {
        journey.fill("#tasks-lines", "k\t{\"message\":\"again\"}");
        journey.press(KeyCode.CONTROL, KeyCode.ENTER);
        journey.until("the file has grown", () -> messages().endsWith("Wasm!\nagain\n"));
    }

    /// The processor traps where a task has no message.
    private void failOne() {
        journey.fill("#tasks-lines", "{\"other\":1}");
        robot.clickOn("#tasks-produce");
        journey.until("it is put off", () -> !journey.text("#tasks-retried").equals("0"));
        journey.picture("3-retried");
        journey.until(
                "it is dead after its last attempt",
                () -> journey.text("#tasks-dead").equals("1")
                        && journey.text("#tasks-retried").equals("3"));
        journey.until("nothing waits", () -> journey.text("#tasks-behind").equals("0"));
        journey.picture("4-dead");
    }

    private String messages() {
        return journey.text("#tasks-messages");
    }
}
