package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.platform.Directories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the window has started ends with it, also when it is killed.
class KilledWindowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    void killedWindowTakesItsRedisAndTheServersDirectoryWithIt() throws Exception {
        var window = ChildJvm.start(Main.class, List.of("-Djava.awt.headless=true"), List.of(home.toString()));
        try {
            await(
                    "the window has started a Redis",
                    () -> redis(window).findAny().isPresent() && sockets() == 1);
            var servers = redis(window).toList();

            window.destroyForcibly().waitFor();

            for (var server : servers) {
                server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            await("the server's directory is gone", () -> sockets() == 0);
        } finally {
            window.destroyForcibly();
        }
    }

    private static java.util.stream.Stream<ProcessHandle> redis(Process window) {
        return window.descendants()
                .filter(process -> process.info().command().orElse("").contains("redis"));
    }

    private long sockets() {
        try (var files = Files.walk(home)) {
            return files.filter(file -> file.getFileName().toString().equals("redis.sock"))
                    .count();
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            // A directory that goes away while it is walked.
            return -1;
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /// The window as a program of its own, with directories of the test's, that connects its console at once.
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            Application.launch(App.class, arguments);
        }
    }

    /// Public for JavaFX, which makes it.
    public static final class App extends Application {
        @Override
        public void start(Stage stage) {
            var home = Path.of(getParameters().getRaw().getFirst());
            var window = new ShellWindow(
                    stage,
                    new Directories(
                            home.resolve("config"),
                            home.resolve("state"),
                            home.resolve("cache"),
                            home.resolve("runtime")));
            window.addTools(BuiltIns.all(), Plugins.none());
            window.show(List.of());
            Commands.run(window.workbench().commands().find("console.native").orElseThrow());
        }
    }
}
