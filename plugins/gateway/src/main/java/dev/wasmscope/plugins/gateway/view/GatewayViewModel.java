package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.plugins.gateway.filter.Filter;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Pulse;
import dev.wasmscope.views.background.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// A gateway of the window's: what is to be started, and what it does. UI thread only.
final class GatewayViewModel {
    private static final Duration BEAT = Duration.ofMillis(500);

    private final Engine engine;
    private final Background background;
    private final StringProperty listen = new SimpleStringProperty("127.0.0.1:8080");
    private final StringProperty upstream = new SimpleStringProperty("");
    private final IntegerProperty pool = new SimpleIntegerProperty(4);
    private final StringProperty timeout = new SimpleStringProperty("100ms");
    private final StringProperty parameters = new SimpleStringProperty("");
    private final StringProperty target = new SimpleStringProperty("/");
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Stopped());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper answer = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<LiveGateway.@Nullable Look> look = new ReadOnlyObjectWrapper<>();
    private final Pulse pulse;

    sealed interface State {
        record Stopped() implements State {}

        record Starting() implements State {}

        record Running(LiveGateway gateway) implements State {}

        record Stopping() implements State {}
    }

    GatewayViewModel(Engine engine, Background background) {
        this.engine = engine;
        this.background = background;
        this.pulse = new Pulse(background, BEAT, this::beat);
    }

    StringProperty listenProperty() {
        return listen;
    }

    /// Empty for a server of the gateway's own.
    StringProperty upstreamProperty() {
        return upstream;
    }

    IntegerProperty poolProperty() {
        return pool;
    }

    StringProperty timeoutProperty() {
        return timeout;
    }

    /// `key=value`, several with spaces between them.
    StringProperty parametersProperty() {
        return parameters;
    }

    /// Path and query of what is sent to try it.
    StringProperty targetProperty() {
        return target;
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Why something did not work; empty where all did.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// To what was sent last.
    ReadOnlyStringProperty answerProperty() {
        return answer.getReadOnlyProperty();
    }

    /// Null until it runs; what it was stays when it is stopped.
    ReadOnlyObjectProperty<LiveGateway.@Nullable Look> lookProperty() {
        return look.getReadOnlyProperty();
    }

    void start(ModuleSource module) {
        if (!(state.get() instanceof State.Stopped)) {
            return;
        }
        problem.set("");
        answer.set("");
        state.set(new State.Starting());
        var words = Arrays.stream(parameters.get().strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        var fields = new LiveGateway.Fields(listen.get().strip(), upstream.get(), pool.get(), timeout.get(), words);
        background.start(
                "Starting a gateway with " + module.name(),
                _ -> LiveGateway.start(engine, module, fields),
                this::started);
    }

    private void started(Result<LiveGateway> result) {
        switch (result) {
            case Result.Ok<LiveGateway>(var gateway) -> {
                state.set(new State.Running(gateway));
                pulse.play();
                beat();
            }
            case Result.Failed<LiveGateway>(var cause) -> {
                state.set(new State.Stopped());
                problem.set(inTheForm(String.valueOf(cause.getMessage())));
            }
            case Result.Cancelled<LiveGateway> _ -> state.set(new State.Stopped());
        }
    }

    /// The command line's sentence with the names that the fields have in the window.
    private static String inTheForm(String sentence) {
        return sentence.replace("--listen", "\"Listens at\"")
                .replace("--timeout", "\"Time for a run\"")
                .replace("--param ", "");
    }

    void stop() {
        if (state.get() instanceof State.Running(var gateway)) {
            pulse.stop();
            beat();
            state.set(new State.Stopping());
            background.start(
                    "Stopping the gateway",
                    _ -> {
                        gateway.close();
                        return gateway;
                    },
                    _ -> state.set(new State.Stopped()));
        }
    }

    /// New requests get this module; those under way end on the one before.
    void swap(ModuleSource module, Consumer<String> done) {
        if (state.get() instanceof State.Running(var gateway)) {
            problem.set("");
            background.start("Swapping in " + module.name(), _ -> gateway.swap(module), result -> {
                switch (result) {
                    case Result.Ok<Integer>(var version) ->
                        done.accept("%s is version %d now.".formatted(module.name(), version));
                    case Result.Failed<Integer>(var cause) ->
                        problem.set(cause.getMessage() + " The version before it stays.");
                    case Result.Cancelled<Integer> _ -> problem.set("");
                }
            });
        }
    }

    /// One request, whose answer is shown.
    void send() {
        if (state.get() instanceof State.Running(var gateway)) {
            problem.set("");
            var path = target.get().strip();
            background.start("Asking for " + path, _ -> gateway.asker().ask(gateway.address(path)), result -> {
                switch (result) {
                    case Result.Ok<String>(var text) -> answer.set(text);
                    case Result.Failed<String>(var cause) -> problem.set(String.valueOf(cause.getMessage()));
                    case Result.Cancelled<String> _ -> answer.set("");
                }
                beat();
            });
        }
    }

    /// Many at once: their answers are counted.
    void send(int count) {
        if (state.get() instanceof State.Running(var gateway)) {
            problem.set("");
            var path = target.get().strip();
            background.start(
                    "Asking %d times for %s".formatted(count, path),
                    _ -> {
                        gateway.asker().ask(gateway.address(path), count);
                        return count;
                    },
                    result -> {
                        if (result instanceof Result.Failed<Integer>(var cause)) {
                            problem.set(String.valueOf(cause.getMessage()));
                        }
                        beat();
                    });
        }
    }

    /// One that waits for work; empty while all are busy or nothing runs.
    Optional<Filter.Look> instance() {
        return state.get() instanceof State.Running(var gateway) ? gateway.instance() : Optional.empty();
    }

    private void beat() {
        if (state.get() instanceof State.Running(var gateway)) {
            look.set(gateway.look());
        }
    }
}
