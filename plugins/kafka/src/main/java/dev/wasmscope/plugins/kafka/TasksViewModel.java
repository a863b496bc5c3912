package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Pulse;
import dev.wasmscope.views.background.Result;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Tasks of a topic, given to a module: what is to be started, and what it does.
final class TasksViewModel {
    private static final Duration BEAT = Duration.ofMillis(250);

    private final Engine engine;
    private final Background background;
    private final StringProperty module = new SimpleStringProperty("sample:messages");
    private final StringProperty servers = new SimpleStringProperty("");
    private final StringProperty topic = new SimpleStringProperty("tasks");
    private final StringProperty group = new SimpleStringProperty("wasmscope");
    private final StringProperty folder = new SimpleStringProperty("");
    private final StringProperty connect = new SimpleStringProperty("");
    private final IntegerProperty threads = new SimpleIntegerProperty(2);
    private final StringProperty lines = new SimpleStringProperty(
            "k\t{\"message\":\"Hello\"}\nk\t{\"message\":\"from\"}\nk\t{\"message\":\"Wasm!\"}");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Idle());
    private final ReadOnlyObjectWrapper<LiveTasks.@Nullable Look> look = new ReadOnlyObjectWrapper<>();
    private final Pulse pulse;

    sealed interface State {
        record Idle() implements State {}

        record Starting() implements State {}

        record Running(LiveTasks tasks) implements State {}

        record Stopping() implements State {}
    }

    TasksViewModel(Engine engine, Background background) {
        this.engine = engine;
        this.background = background;
        this.pulse = new Pulse(background, BEAT, this::beat);
    }

    /// A path, or `sample:NAME`.
    StringProperty moduleProperty() {
        return module;
    }

    /// Empty for a broker of one's own.
    StringProperty serversProperty() {
        return servers;
    }

    StringProperty topicProperty() {
        return topic;
    }

    StringProperty groupProperty() {
        return group;
    }

    /// What the module sees as `/`; empty for a new one.
    StringProperty folderProperty() {
        return folder;
    }

    /// `HOST:PORT`, several with spaces between.
    StringProperty connectProperty() {
        return connect;
    }

    IntegerProperty threadsProperty() {
        return threads;
    }

    /// Tasks to produce, one a line; those of one key come in their order.
    StringProperty linesProperty() {
        return lines;
    }

    /// A sentence; empty while all is well.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// What the runner did so far; it stays when that has stopped. Null before the first one.
    ReadOnlyObjectProperty<LiveTasks.@Nullable Look> lookProperty() {
        return look.getReadOnlyProperty();
    }

    void start() {
        if (!(state.get() instanceof State.Idle)) {
            return;
        }
        problem.set("");
        try {
            var wanted = module.get().strip();
            var network = NetworkGrants.parse(words(connect.get()), List.of());
            var root = folder.get().isBlank()
                    ? Optional.<Path>empty()
                    : Optional.of(Path.of(folder.get().strip()));
            check();
            var count = threads.get();
            var address = servers.get().strip();
            var name = topic.get().strip();
            var consumers = group.get().strip();
            state.set(new State.Starting());
            background.start(
                    address.isEmpty() ? "Starting a broker and the tasks of " + name : "Starting the tasks of " + name,
                    _ -> LiveTasks.start(
                            engine,
                            new LiveTasks.Choice(engine.read(wanted), address, name, consumers, count, root, network)),
                    this::started);
        } catch (InvalidPathException e) {
            problem.set("\"%s\" cannot be a folder: %s.".formatted(folder.get(), e.getReason()));
        } catch (IllegalArgumentException e) {
            problem.set(String.valueOf(e.getMessage()));
        }
    }

    private void check() {
        if (module.get().isBlank()) {
            throw new IllegalArgumentException("Which module? A path, or sample:messages.");
        }
        if (topic.get().isBlank() || group.get().isBlank()) {
            throw new IllegalArgumentException("A topic and a group are needed.");
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private void started(Result<LiveTasks> result) {
        switch (result) {
            case Result.Ok<LiveTasks>(var tasks) -> {
                state.set(new State.Running(tasks));
                look.set(tasks.look());
                pulse.play();
            }
            case Result.Failed<LiveTasks>(var cause) -> {
                state.set(new State.Idle());
                problem.set(cause.getMessage() == null ? "It could not be started: " + cause : cause.getMessage());
                System.getLogger(TasksViewModel.class.getName())
                        .log(System.Logger.Level.WARNING, "The tasks could not be started.", cause);
            }
            case Result.Cancelled<LiveTasks> _ -> state.set(new State.Idle());
        }
    }

    private void beat() {
        if (state.get() instanceof State.Running(var tasks)) {
            var now = tasks.look();
            if (!now.equals(look.get())) {
                look.set(now);
            }
            if (now.failure().isPresent()) {
                problem.set(now.failure().get());
                stop();
            }
        }
    }

    void stop() {
        if (!(state.get() instanceof State.Running(var tasks))) {
            return;
        }
        pulse.stop();
        state.set(new State.Stopping());
        background.start(
                "Stopping the tasks of " + tasks.settings().topic(),
                _ -> {
                    tasks.close();
                    return tasks.look();
                },
                _ -> state.set(new State.Idle()));
    }

    /// Gives the lines to the topic.
    void produce() {
        if (!(state.get() instanceof State.Running(var tasks))) {
            return;
        }
        var wanted = lines.get().lines().filter(line -> !line.isBlank()).toList();
        background.start(
                "Producing %d tasks".formatted(wanted.size()),
                _ -> {
                    tasks.produce(wanted);
                    return wanted.size();
                },
                result -> {
                    if (result instanceof Result.Failed<Integer>(var cause)
                            && !(cause instanceof CancellationException)) {
                        problem.set("The tasks could not be produced: " + cause.getMessage());
                    }
                });
    }
}
