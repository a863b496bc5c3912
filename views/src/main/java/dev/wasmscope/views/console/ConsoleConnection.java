package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.CommandCatalogue;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.wasm.InspectedRedis;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import dev.wasmscope.views.background.Work;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The console's way to its server: off, on its way, there, or lost. UI thread only.
final class ConsoleConnection {
    private final Background background;
    private final Optional<WasmConsole> wasm;
    private final TargetModel targets;
    private final EntryLog entries;
    private final Consumer<RespValue.Push> pushes;
    private final Runnable ready;
    private final Runnable gone;

    private final ReadOnlyObjectWrapper<ConnectionState> state = new ReadOnlyObjectWrapper<>(new ConnectionState.Off());
    private CommandCatalogue catalogue = CommandCatalogue.builtIn();
    private @Nullable RedisClient client;
    /// What the client talks to, where that can be looked into.
    private Optional<InspectedRedis> inspected = Optional.empty();
    private @Nullable RunningTask connecting;
    /// Counts connections that were begun; only the last one is wanted.
    private int attempt;

    /// @param pushes what servers send by themselves, from any thread
    /// @param ready a connection is there
    /// @param gone it was lost, or did not come about; called before the state says so
    ConsoleConnection(
            Background background,
            Optional<WasmConsole> wasm,
            TargetModel targets,
            EntryLog entries,
            Consumer<RespValue.Push> pushes,
            Runnable ready,
            Runnable gone) {
        this.background = background;
        this.wasm = wasm;
        this.targets = targets;
        this.entries = entries;
        this.pushes = pushes;
        this.ready = ready;
        this.gone = gone;
    }

    ReadOnlyObjectProperty<ConnectionState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    @Nullable
    RedisClient client() {
        return client;
    }

    CommandCatalogue catalogue() {
        return catalogue;
    }

    Optional<InspectedRedis> inspected() {
        return inspected;
    }

    boolean underWay() {
        return connecting != null;
    }

    /// Connects, or connects anew.
    void connect(int database) {
        drop();
        open(database);
    }

    /// Ends the Redis in Wasm with all that is in it and starts another one.
    void restart(int database) {
        drop();
        var server = wasm.orElseThrow().server();
        var mine = ++attempt;
        state.set(new ConnectionState.Connecting("Starting Redis in Wasm"));
        connecting = background.start("Starting Redis in Wasm", _ -> server.restart(), result -> {
            if (mine == attempt) {
                connecting = null;
                entries.note("Redis in Wasm was started anew; it is empty.");
                open(database);
            }
        });
    }

    void disconnect() {
        drop();
        state.set(new ConnectionState.Off());
    }

    private void drop() {
        abandon();
        var open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }

    /// What it would bring is not wanted any more.
    private void abandon() {
        attempt++;
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
    }

    /// Stops what is under way.
    void cancel() {
        abandon();
        state.set(new ConnectionState.Off());
        entries.note("Connecting was cancelled.");
    }

    /// Connects where nothing is open.
    void open(int database) {
        var way = targets.way();
        var login = targets.login();
        var asked = new RedisLogin(login.user(), login.password(), database, login.timeout());
        var title = way.title();
        state.set(new ConnectionState.Connecting(title));
        var mine = ++attempt;
        connecting =
                background.start(title, progress -> walk(way, asked, mine, progress), result -> opened(mine, result));
    }

    /// @param started how long its server took to start, where it was started for this
    private record Opened(
            RedisClient client, CommandCatalogue catalogue, Optional<InspectedRedis> inspected, String started) {}

    /// In the background.
    private Opened walk(TargetModel.Way way, RedisLogin login, int mine, Work.Progress progress)
            throws IOException, InterruptedException {
        var start = System.nanoTime();
        var compiles = way.compiles();
        if (compiles) {
            var why = "Compiling Redis in Wasm: some seconds, this once";
            progress.at(-1, why);
            background.onUi(() -> {
                if (mine == attempt) {
                    state.set(new ConnectionState.Connecting(why));
                }
            });
        }
        var starts = way.starts();
        var opened = way.connect(login, pushes);
        try {
            var seconds = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
            var started = compiles
                    ? "Redis in Wasm was compiled and started in %s. The compiled code is kept: the next start is short."
                            .formatted(seconds)
                    : starts ? "Redis in Wasm was started in %s.".formatted(seconds) : "";
            return new Opened(opened, CommandCatalogue.of(opened), way.inspected(), started);
        } catch (IOException | InterruptedException e) {
            opened.close();
            throw e;
        }
    }

    private void opened(int mine, Result<Opened> result) {
        if (mine != attempt) {
            if (result instanceof Result.Ok<Opened>(var late)) {
                late.client().close();
            }
            return;
        }
        connecting = null;
        switch (result) {
            case Result.Ok<Opened>(var opened) -> {
                connected(opened);
                ready.run();
            }
            case Result.Failed<Opened>(var cause) -> lost(String.valueOf(cause.getMessage()), "");
            case Result.Cancelled<Opened>() -> {
                // From the status bar.
                gone.run();
                state.set(new ConnectionState.Off());
                entries.note("Connecting was cancelled.");
            }
        }
    }

    private void connected(Opened opened) {
        var now = opened.client();
        client = now;
        catalogue = opened.catalogue();
        inspected = opened.inspected();
        inspected.ifPresent(redis -> wasm.ifPresent(w -> w.sight().attached(redis)));
        var facts = now.server();
        state.set(new ConnectionState.Connected(facts, now.address()));
        if (!opened.started().isEmpty()) {
            entries.note(opened.started());
        }
        entries.note("Connected to %s%s at %s, RESP%d."
                .formatted(
                        facts.name(), facts.version().map(v -> " " + v).orElse(""), now.address(), facts.protocol()));
        WiresModel.refusal(now).ifPresent(reason -> entries.failed("Over the socket: " + reason));
        background.await(now.closed(), result -> {
            if (client == now && result instanceof Result.Ok<String>(var reason)) {
                client = null;
                lost(reason, " The next command connects anew.");
            }
        });
    }

    private void lost(String reason, String next) {
        gone.run();
        state.set(new ConnectionState.Lost(reason));
        entries.failed(reason + next);
    }

    /// Waits for nothing.
    void close() {
        var open = client;
        if (open != null) {
            open.close();
        }
    }
}
