package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.views.control.FxWatchdog;
import dev.wasmscope.views.hex.HexView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The main job from end to end through the real window, with robot input only: sample, call, bytes, undo, deadline,
/// trap, Redis over both transports, live chart, export. What a canvas shows is read through its own access.
///
/// Leaves a picture of each station in `target/journey`, to be looked at.
class JourneyTest extends ShellTest {
    private final Journey journey = new Journey(robot, Path.of("target", "journey"));

    @Test
    void fromASampleToAPublishedChart() throws IOException {
        start(BuiltIns.all());
        journey.of(window());
        try (var _ = FxWatchdog.start()) {
            redisInWasm();
            callSeeAndUndo();
            stopEndlessLoop();
            trapWithBacktrace();
            redisOver("tcp");
            redisOver("unix");
            liveChart();
        }
    }

    /// Where this build has no redis.wasm, the first start is without it.
    private void redisInWasm() {
        if (!RedisModule.present()) {
            return;
        }
        journey.until(
                "a command is typed in", () -> journey.text("#console-prompt").equals("SET hello world"));
        journey.until(
                "Redis in Wasm is attached",
                () -> journey.text("#console-output").contains("Connected to redis")
                        && window().workspace().modules().stream()
                                .anyMatch(module -> module.name().equals("redis.wasm")
                                        && module.sessionProperty().get() != null));
        journey.picture("0-first-start");
        robot.clickOn("#console-prompt").type(KeyCode.ENTER);
        journey.until(
                "what it took is told", () -> journey.text("#console-output").contains("guest"));
        journey.until("its bytes are in sight", () -> {
            var address = Long.decode(journey.text("#memory-goto"));
            return bytes(address & ~0xfL).contains("w") && memory().access().heatOf(address) > 0;
        });
        journey.picture("0-redis-in-wasm");
    }

    private void callSeeAndUndo() {
        journey.until("the first start has a sample ready to be called", () -> journey.enabled("#invoke-run"));
        journey.command("upper");
        journey.until("upper is chosen", () -> journey.exists("#invoke-arg-1"));
        journey.until("the text is in memory", () -> bytes(0x20).contains("memory is one ar"));
        journey.picture("1-sample");
        robot.clickOn("#invoke-arg-1").type(KeyCode.ENTER);
        journey.until("the call has changed the bytes", () -> bytes(0x20).contains("MEMORY IS ONE AR"));
        journey.until("the changed bytes are coloured", () -> memory().access().heatOf(0x20 + 3) > 0);
        journey.picture("2-changed-bytes");
        journey.press(KeyCode.CONTROL, KeyCode.Z);
        journey.until("undo brings the text back", () -> bytes(0x20).contains("memory is one ar"));
        journey.picture("3-undone");
    }

    private void stopEndlessLoop() {
        journey.openSample("loops");
        journey.command("br_if");
        journey.until("br_if is ready", () -> journey.enabled("#invoke-run"));
        // On a busy machine a click takes its time, too.
        journey.fill("#invoke-timeout", "5m");
        robot.clickOn("#invoke-run");
        journey.until("the loop runs", () -> journey.visible("#invoke-stop"));
        journey.picture("4-endless-loop");
        robot.clickOn("#invoke-stop");
        journey.until(
                "the loop was stopped", () -> journey.text("#invoke-result").contains("topped"));
        robot.clickOn("#invoke-restore");
        journey.until("the state before the call is back", () -> !journey.visible("#invoke-taint"));
    }

    private void trapWithBacktrace() {
        journey.openSample("traps");
        journey.command("divide_by_zero");
        journey.until("the trap is ready", () -> journey.enabled("#invoke-run"));
        robot.clickOn("#invoke-run");
        journey.until("the trap is named", () -> journey.text("#invoke-result").contains("integer divide by zero"));
        journey.picture("5-trap");
        robot.clickOn("#invoke-result .backtrace .hyperlink");
        journey.until(
                "the code is at the instruction",
                () -> journey.text("#code-lines").contains("i32.div_s")
                        && journey.text("#code-place").contains("1dc"));
        journey.picture("6-code-at-the-trap");
    }

    private void redisOver(String transport) {
        journey.command(">Connect to Native Redis");
        journey.until("the transports are offered", () -> journey.visible("#console-transport"));
        robot.clickOn(journey.labelled("#console-transport .toggle-button", transport));
        robot.clickOn("#console-prompt");
        for (var line : List.of(
                "SET greeting:" + transport + " hello",
                "GET greeting:" + transport,
                "HSET user:" + transport + " name Ada born 1815",
                "HGETALL user:" + transport,
                "XADD log:" + transport + " 1-1 level info",
                "XRANGE log:" + transport + " - +")) {
            journey.enter(line);
            journey.until("the prompt is free after " + line, () -> !journey.visible("#console-stop"));
        }
        journey.until("the stream came back over " + transport, () -> {
            var text = journey.text("#console-output");
            return text.contains("\"hello\"") && text.contains("\"1815\"") && text.contains("1-1");
        });
        assertThat(journey.text("#console-prompt-name")).contains(transport);
        journey.picture("7-redis-" + transport);
    }

    private void liveChart() throws IOException {
        journey.show("Latency");
        robot.clickOn("#latency-start");
        // Two transports to native Redis and two to the echo server.
        journey.until("four lanes are measured", () -> journey.rows("#latency-table") >= 4);
        robot.sleep(20_000);
        journey.picture("8-latency");
        robot.clickOn("#latency-start");
        journey.until(
                "measuring has ended", () -> journey.text("#latency-start").contains("Measure"));
        for (var format : List.of("svg", "png")) {
            var file = home.resolve("latency." + format);
            journey.command(">export latency chart as " + format);
            journey.fill("#save-path", file.toString());
            robot.clickOn("#save-confirm");
            journey.untilWritten(file);
            assertThat(Files.size(file)).isGreaterThan(5_000);
        }
        assertThat(Files.readString(home.resolve("latency.svg")))
                .contains("<svg")
                .contains("native");
    }

    private HexView memory() {
        return robot.lookup("#memory-hex").queryAs(HexView.class);
    }

    private String bytes(long address) {
        return memory().access().rowOf(address);
    }
}
