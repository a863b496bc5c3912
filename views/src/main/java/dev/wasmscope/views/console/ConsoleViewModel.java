package dev.wasmscope.views.console;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.CommandCatalogue;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.TimedReply;
import dev.wasmscope.engine.redis.wasm.InspectedRedis;
import dev.wasmscope.engine.redis.wasm.RedisWork;
import dev.wasmscope.engine.resp.CommandLine;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One console: a server, what is said to it and what it answers. UI thread only.
///
/// Lines run one after the other. A line entered while there is no connection makes one first.
public final class ConsoleViewModel implements AutoCloseable {
    private static final int MOST_ENTRIES = 2_000;

    private final Background background;
    private final Optional<WasmConsole> wasm;
    private final TargetModel targets;
    private final PushInbox inbox;
    private final HistoryModel history;

    private final ReadOnlyObjectWrapper<ConnectionState> state = new ReadOnlyObjectWrapper<>(new ConnectionState.Off());
    private final ReadOnlyStringWrapper prompt = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper waiting = new ReadOnlyBooleanWrapper(false);
    private final BooleanProperty raw = new SimpleBooleanProperty(false);
    private final ObservableList<ConsoleEntry> entries = FXCollections.observableArrayList();

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private CommandCatalogue catalogue = CommandCatalogue.builtIn();
    private @Nullable RedisClient client;
    /// What the client talks to, where that can be looked into.
    private Optional<InspectedRedis> inspected = Optional.empty();
    private @Nullable RunningTask connecting;
    private @Nullable RunningTask running;
    private int database;
    /// Counts connections that were begun; only the last one is wanted.
    private int attempt;

    /// @param wasm Redis in Wasm, where this program offers it
    public ConsoleViewModel(Background background, Directories directories, Optional<WasmConsole> wasm) {
        this.background = background;
        this.wasm = wasm;
        this.targets = new TargetModel(background, directories, wasm.map(WasmConsole::server));
        this.inbox = new PushInbox(background::onUi, this::pushed);
        this.history = new HistoryModel(
                background, directories.state().resolve("redis-history"), text -> add(new ConsoleEntry.Failed(text)));
        targets.chosenProperty().subscribe((before, now) -> retarget());
        targets.transportProperty().subscribe((before, now) -> retarget());
        showPrompt();
        targets.find();
    }

    ReadOnlyObjectProperty<ConnectionState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// As `native:tcp[0]>`.
    ReadOnlyStringProperty promptProperty() {
        return prompt.getReadOnlyProperty();
    }

    /// Whether a command has not been answered yet.
    ReadOnlyBooleanProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    /// Replies as they come over the wire.
    BooleanProperty rawProperty() {
        return raw;
    }

    TargetModel targets() {
        return targets;
    }

    ObservableList<ConsoleEntry> entries() {
        return entries;
    }

    HistoryModel history() {
        return history;
    }

    /// Proposals for the last word of a line.
    List<CommandCatalogue.Proposal> complete(String line) {
        return catalogue.complete(line);
    }

    /// What may follow a line.
    String hint(String line) {
        return catalogue.hint(line);
    }

    /// Runs what was typed or pasted, line by line.
    void submit(String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(lines::addLast);
        runNext();
    }

    /// Takes back what waits: lines not run yet, and the command that is not answered. The connection of such a
    /// command is given up, since its reply would answer the next one.
    void cancel() {
        lines.clear();
        if (running != null) {
            running.cancel();
            add(new ConsoleEntry.Note("Cancelled; the connection was given up with its command."));
            connect();
        } else if (connecting != null) {
            abandonConnecting();
            state.set(new ConnectionState.Off());
            add(new ConsoleEntry.Note("Connecting was cancelled."));
        }
    }

    void clear() {
        entries.clear();
    }

    /// Connects, or connects anew.
    void connect() {
        drop();
        open();
    }

    /// Ends the Redis in Wasm with all that is in it and starts another one.
    void restart() {
        lines.clear();
        if (running != null) {
            running.cancel();
        }
        drop();
        var server = wasm.orElseThrow().server();
        var mine = ++attempt;
        state.set(new ConnectionState.Connecting("Starting Redis in Wasm"));
        connecting = background.start("Starting Redis in Wasm", _ -> server.restart(), result -> {
            if (mine == attempt) {
                connecting = null;
                add(new ConsoleEntry.Note("Redis in Wasm was started anew; it is empty."));
                open();
            }
        });
    }

    /// Ends the connection; the native server goes on.
    void disconnect() {
        lines.clear();
        if (running != null) {
            running.cancel();
        }
        drop();
        state.set(new ConnectionState.Off());
    }

    private void drop() {
        abandonConnecting();
        var open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }

    /// What it would bring is not wanted any more.
    private void abandonConnecting() {
        attempt++;
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
    }

    /// Goes to the address in the form.
    ///
    /// @return a sentence about a field that is wrong; empty when it goes there
    Optional<String> useForm() {
        var problem = targets.useForm();
        if (problem.isEmpty()) {
            connect();
        }
        return problem;
    }

    private void retarget() {
        database = targets.login().database();
        if (!(state.get() instanceof ConnectionState.Off)) {
            disconnect();
        }
        showPrompt();
    }

    private void showPrompt() {
        prompt.set("%s[%d]>".formatted(targets.name(), database));
    }

    private void open() {
        var way = targets.way();
        var login = targets.login();
        var asked = new RedisLogin(login.user(), login.password(), database, login.timeout());
        var title = way.title();
        state.set(new ConnectionState.Connecting(title));
        var mine = ++attempt;
        connecting = background.start(title, _ -> connect(way, asked), result -> opened(mine, result));
    }

    private record Opened(RedisClient client, CommandCatalogue catalogue, Optional<InspectedRedis> inspected) {}

    /// In the background.
    private Opened connect(TargetModel.Way way, RedisLogin login) throws IOException, InterruptedException {
        var opened = way.connect(login, inbox::add);
        try {
            return new Opened(opened, CommandCatalogue.of(opened), way.inspected());
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
                runNext();
            }
            case Result.Failed<Opened>(var cause) -> {
                var reason = String.valueOf(cause.getMessage());
                lines.clear();
                state.set(new ConnectionState.Lost(reason));
                add(new ConsoleEntry.Failed(reason));
            }
            case Result.Cancelled<Opened>() -> {
                // From the status bar.
                lines.clear();
                state.set(new ConnectionState.Off());
                add(new ConsoleEntry.Note("Connecting was cancelled."));
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
        add(new ConsoleEntry.Note("Connected to %s%s at %s, RESP%d."
                .formatted(
                        facts.name(), facts.version().map(v -> " " + v).orElse(""), now.address(), facts.protocol())));
        background.await(now.closed(), result -> {
            if (client == now && result instanceof Result.Ok<String>(var reason)) {
                client = null;
                lines.clear();
                state.set(new ConnectionState.Lost(reason));
                add(new ConsoleEntry.Failed(reason + " The next command connects anew."));
            }
        });
    }

    private void runNext() {
        if (running != null || connecting != null || lines.isEmpty()) {
            return;
        }
        var current = client;
        if (current == null) {
            open();
            return;
        }
        var line = lines.removeFirst();
        history.add(line);
        add(new ConsoleEntry.Entered(prompt.get(), line));
        switch (CommandLine.split(line)) {
            case CommandLine.Unbalanced(var reason, var _) -> {
                add(new ConsoleEntry.Failed(reason));
                runNext();
            }
            case CommandLine.Words(var words) -> run(current, words);
        }
    }

    private void run(RedisClient current, List<byte[]> words) {
        var name = new String(words.getFirst(), StandardCharsets.UTF_8);
        if (name.equalsIgnoreCase("clear") && words.size() == 1) {
            clear();
            runNext();
            return;
        }
        waiting.set(true);
        var watched = inspected;
        running = background.start("Redis " + name, _ -> answer(current, watched, words), result -> {
            running = null;
            waiting.set(false);
            answered(current, words, result);
            runNext();
        });
    }

    /// @param work what the command took in the guest, where that can be seen
    private record Answer(TimedReply reply, Optional<RedisWork> work) {}

    private static Answer answer(RedisClient client, Optional<InspectedRedis> watched, List<byte[]> words)
            throws IOException, InterruptedException {
        try {
            var before = watched.map(InspectedRedis::work);
            var reply = client.send(words).get();
            return new Answer(
                    reply,
                    before.flatMap(then -> watched.map(redis -> redis.work().since(then))));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
        }
    }

    private void answered(RedisClient current, List<byte[]> words, Result<Answer> result) {
        switch (result) {
            case Result.Ok<Answer>(Answer(var reply, var work)) -> {
                add(new ConsoleEntry.Reply(
                        reply.value(), reply.nanos(), current.server().protocol(), work));
                follow(words, reply.value());
                inspected.ifPresent(redis -> wasm.ifPresent(w -> w.sight().answered(redis, words)));
            }
            case Result.Failed<Answer>(var cause) -> {
                // A lost connection tells of itself.
                if (client == current) {
                    lines.clear();
                    add(new ConsoleEntry.Failed(String.valueOf(cause.getMessage())));
                }
            }
            case Result.Cancelled<Answer>() -> {
                // From the status bar: the reply must not come to the next command.
                if (client == current) {
                    lines.clear();
                    add(new ConsoleEntry.Note("Cancelled; the connection was given up with its command."));
                    connect();
                }
            }
        }
    }

    /// The prompt names the database, so SELECT is watched.
    private void follow(List<byte[]> words, RespValue reply) {
        var name = new String(words.getFirst(), StandardCharsets.UTF_8);
        if (!reply.equals(new RespValue.SimpleString("OK"))) {
            return;
        }
        if (name.equalsIgnoreCase("SELECT") && words.size() == 2) {
            database = Integer.parseInt(new String(words.get(1), StandardCharsets.UTF_8));
            showPrompt();
        }
    }

    private void pushed(PushInbox.Batch batch) {
        var protocol = client == null ? 3 : client.server().protocol();
        var more = new ArrayList<ConsoleEntry>();
        if (batch.dropped() > 0) {
            more.add(new ConsoleEntry.Note("%,d more came than can be shown.".formatted(batch.dropped())));
        }
        batch.pushes().forEach(push -> more.add(new ConsoleEntry.Pushed(push, protocol)));
        addAll(more);
    }

    private void add(ConsoleEntry entry) {
        addAll(List.of(entry));
    }

    private void addAll(List<ConsoleEntry> more) {
        var over = entries.size() + more.size() - MOST_ENTRIES;
        if (over > 0) {
            entries.remove(0, Math.min(entries.size(), over + MOST_ENTRIES / 4));
        }
        entries.addAll(more);
    }

    /// Ends the connection and the native server. Waits for both; not on the UI thread.
    @Override
    public void close() throws IOException {
        var open = client;
        if (open != null) {
            open.close();
        }
        targets.close();
    }
}
