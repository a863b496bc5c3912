package dev.wasmscope.views.console;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.CommandCatalogue;
import dev.wasmscope.engine.redis.RedisClient;
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
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One console: a server, what is said to it and what it answers. UI thread only.
///
/// Lines run one after the other. A line entered while there is no connection makes one first.
public final class ConsoleViewModel implements AutoCloseable {
    private final Background background;
    private final Optional<WasmConsole> wasm;
    private final TargetModel targets;
    private final PushInbox inbox;
    private final HistoryModel history;

    private final ReadOnlyStringWrapper prompt = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper waiting = new ReadOnlyBooleanWrapper(false);
    private final BooleanProperty raw = new SimpleBooleanProperty(false);
    private final EntryLog entries = new EntryLog();
    private final ConsoleConnection connection;
    private final SnapshotModel snapshots;
    private final WiresModel wires;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private @Nullable RunningTask running;
    private int database;

    /// @param wasm Redis in Wasm, where this program offers it
    public ConsoleViewModel(Background background, Directories directories, Optional<WasmConsole> wasm) {
        this.background = background;
        this.wasm = wasm;
        this.targets = new TargetModel(background, directories, wasm.map(WasmConsole::server));
        this.inbox = new PushInbox(background::onUi, this::pushed);
        this.history = new HistoryModel(background, directories.state().resolve("redis-history"), entries::failed);
        this.connection =
                new ConsoleConnection(background, wasm, targets, entries, inbox::add, this::runNext, lines::clear);
        this.wires = new WiresModel(() -> Optional.ofNullable(connection.client()));
        this.snapshots = new SnapshotModel(background, connection, entries);
        targets.chosenProperty().subscribe((before, now) -> retarget());
        targets.nativeTransportProperty().subscribe((before, now) -> retarget());
        targets.wasmTransportProperty().subscribe((before, now) -> retarget());
        showPrompt();
        targets.find();
    }

    ReadOnlyObjectProperty<ConnectionState> stateProperty() {
        return connection.stateProperty();
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
        return entries.all();
    }

    /// The data of Redis in Wasm as files.
    SnapshotModel snapshots() {
        return snapshots;
    }

    /// What there is to see of shared memory.
    WiresModel wires() {
        return wires;
    }

    HistoryModel history() {
        return history;
    }

    /// Proposals for the last word of a line.
    List<CommandCatalogue.Proposal> complete(String line) {
        return connection.catalogue().complete(line);
    }

    /// What may follow a line.
    String hint(String line) {
        return connection.catalogue().hint(line);
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
            entries.add(new ConsoleEntry.Note("Cancelled; the connection was given up with its command."));
            connect();
        } else if (connection.underWay()) {
            connection.cancel();
        }
    }

    void clear() {
        entries.clear();
    }

    /// Connects, or connects anew.
    void connect() {
        connection.connect(database);
    }

    /// Ends the Redis in Wasm with all that is in it and starts another one.
    void restart() {
        stopAll();
        connection.restart(database);
    }

    /// Ends the connection; the native server goes on.
    void disconnect() {
        stopAll();
        connection.disconnect();
    }

    private void stopAll() {
        lines.clear();
        if (running != null) {
            running.cancel();
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
        if (!(connection.stateProperty().get() instanceof ConnectionState.Off)) {
            disconnect();
        }
        showPrompt();
    }

    private void showPrompt() {
        prompt.set("%s[%d]>".formatted(targets.name(), database));
    }

    private void runNext() {
        if (running != null || connection.underWay() || lines.isEmpty()) {
            return;
        }
        var current = connection.client();
        if (current == null) {
            connection.open(database);
            return;
        }
        var line = lines.removeFirst();
        history.add(line);
        entries.add(new ConsoleEntry.Entered(prompt.get(), line));
        switch (CommandLine.split(line)) {
            case CommandLine.Unbalanced(var reason, var _) -> {
                entries.add(new ConsoleEntry.Failed(reason));
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
        var watched = connection.inspected();
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
                entries.add(new ConsoleEntry.Reply(
                        reply.value(), reply.nanos(), current.server().protocol(), work));
                follow(words, reply.value());
                connection
                        .inspected()
                        .ifPresent(redis -> wasm.ifPresent(w -> w.sight().answered(redis, words)));
            }
            case Result.Failed<Answer>(var cause) -> {
                // A lost connection tells of itself.
                if (connection.client() == current) {
                    lines.clear();
                    entries.add(new ConsoleEntry.Failed(String.valueOf(cause.getMessage())));
                }
            }
            case Result.Cancelled<Answer>() -> {
                // From the status bar: the reply must not come to the next command.
                if (connection.client() == current) {
                    lines.clear();
                    entries.add(new ConsoleEntry.Note("Cancelled; the connection was given up with its command."));
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
        var client = connection.client();
        var protocol = client == null ? 3 : client.server().protocol();
        var more = new ArrayList<ConsoleEntry>();
        if (batch.dropped() > 0) {
            more.add(new ConsoleEntry.Note("%,d more came than can be shown.".formatted(batch.dropped())));
        }
        batch.pushes().forEach(push -> more.add(new ConsoleEntry.Pushed(push, protocol)));
        entries.addAll(more);
    }

    /// Ends the connection and the native server. Waits for both; not on the UI thread.
    @Override
    public void close() throws IOException {
        connection.close();
        targets.close();
    }
}
