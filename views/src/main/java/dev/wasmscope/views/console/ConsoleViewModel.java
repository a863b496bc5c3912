package dev.wasmscope.views.console;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.CommandCatalogue;
import dev.wasmscope.engine.redis.FoundRedis;
import dev.wasmscope.engine.redis.NativeServer;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisDiscovery;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.TimedReply;
import dev.wasmscope.engine.resp.CommandLine;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One console: a server, what is said to it and what it answers. UI thread only.
///
/// Lines run one after the other. A line entered while there is no connection makes one first.
public final class ConsoleViewModel implements AutoCloseable {
    private static final int MOST_ENTRIES = 2_000;
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final Background background;
    private final NativeServer nativeServer;
    private final PushInbox inbox;
    private final HistoryModel history;
    private final AddressForm form = new AddressForm();

    private final ReadOnlyObjectWrapper<ConnectionState> state = new ReadOnlyObjectWrapper<>(new ConnectionState.Off());
    private final ReadOnlyStringWrapper prompt = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper waiting = new ReadOnlyBooleanWrapper(false);
    private final BooleanProperty raw = new SimpleBooleanProperty(false);
    private final ObjectProperty<TargetChoice> target = new SimpleObjectProperty<>(new TargetChoice.Native());
    private final ObjectProperty<String> transport = new SimpleObjectProperty<>("tcp");
    private final ObservableList<TargetChoice> targets = FXCollections.observableArrayList(new TargetChoice.Native());
    private final ObservableList<ConsoleEntry> entries = FXCollections.observableArrayList();

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private CommandCatalogue catalogue = CommandCatalogue.builtIn();
    private @Nullable RedisClient client;
    private @Nullable RunningTask connecting;
    private @Nullable RunningTask running;
    private int database;
    /// Counts connections that were begun; only the last one is wanted.
    private int attempt;

    public ConsoleViewModel(Background background, Directories directories) {
        this.background = background;
        this.nativeServer = new NativeServer(directories);
        this.inbox = new PushInbox(background::onUi, this::pushed);
        this.history = new HistoryModel(
                background, directories.state().resolve("redis-history"), text -> add(new ConsoleEntry.Failed(text)));
        target.subscribe((before, now) -> retarget());
        transport.subscribe((before, now) -> retarget());
        showPrompt();
        findServers();
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

    ObjectProperty<TargetChoice> targetProperty() {
        return target;
    }

    /// `tcp` or `unix`, where the target has both.
    ObjectProperty<String> transportProperty() {
        return transport;
    }

    ObservableList<TargetChoice> targets() {
        return targets;
    }

    ObservableList<ConsoleEntry> entries() {
        return entries;
    }

    HistoryModel history() {
        return history;
    }

    AddressForm form() {
        return form;
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

    /// Looks for servers on this machine and offers them.
    void findServers() {
        background.start(
                "Looking for Redis servers",
                _ -> new RedisDiscovery(
                                nativeServer.running().map(r -> r.transports()).orElse(List.of()))
                        .find(),
                result -> {
                    if (result instanceof Result.Ok<List<FoundRedis>>(var found)) {
                        offer(found);
                    }
                });
    }

    private void offer(List<FoundRedis> found) {
        var all = new ArrayList<TargetChoice>();
        all.add(new TargetChoice.Native());
        found.forEach(server -> all.add(new TargetChoice.Offered(server)));
        targets.stream().filter(TargetChoice.Address.class::isInstance).forEach(all::add);
        if (!all.contains(target.get())) {
            all.add(target.get());
        }
        // Removing what is chosen would choose something else.
        targets.removeIf(choice -> !all.contains(choice));
        all.stream().filter(choice -> !targets.contains(choice)).forEach(targets::add);
    }

    /// Goes to the address in the form.
    ///
    /// @return a sentence about a field that is wrong; empty when it goes there
    Optional<String> useForm() {
        return switch (form.read()) {
            case AddressForm.Outcome.Invalid(var sentence) -> Optional.of(sentence);
            case AddressForm.Outcome.Valid(var address) -> {
                targets.removeIf(choice -> choice instanceof TargetChoice.Address a
                        && a.id().equals(address.id())
                        && !a.equals(target.get()));
                targets.add(address);
                target.set(address);
                form.shown.set(false);
                connect();
                yield Optional.empty();
            }
        };
    }

    private void retarget() {
        database = login().database();
        if (!(state.get() instanceof ConnectionState.Off)) {
            disconnect();
        }
        showPrompt();
    }

    private RedisLogin login() {
        return target.get() instanceof TargetChoice.Address address ? address.login() : RedisLogin.NONE;
    }

    private String transportId() {
        return switch (target.get()) {
            case TargetChoice.Native() -> transport.get();
            case TargetChoice.Offered(var server) ->
                server.transports().getFirst().id();
            case TargetChoice.Address(var own, var _) -> own.id();
        };
    }

    private void showPrompt() {
        prompt.set("%s:%s[%d]>".formatted(target.get().id(), transportId(), database));
    }

    private void open() {
        var choice = target.get();
        var login = login();
        var asked = new RedisLogin(login.user(), login.password(), database, login.timeout());
        var wanted = transport.get();
        var title =
                choice instanceof TargetChoice.Native && nativeServer.running().isEmpty()
                        ? "Starting native Redis"
                        : "Connecting to " + choice.title();
        state.set(new ConnectionState.Connecting(title));
        var mine = ++attempt;
        connecting = background.start(title, _ -> connect(choice, wanted, asked), result -> opened(mine, result));
    }

    private record Opened(RedisClient client, CommandCatalogue catalogue) {}

    /// In the background.
    private Opened connect(TargetChoice choice, String wanted, RedisLogin login)
            throws IOException, InterruptedException {
        var opened = client(choice, wanted, login);
        try {
            return new Opened(opened, CommandCatalogue.of(opened));
        } catch (IOException | InterruptedException e) {
            opened.close();
            throw e;
        }
    }

    private RedisClient client(TargetChoice choice, String wanted, RedisLogin login)
            throws IOException, InterruptedException {
        try {
            return RedisClient.connect(way(choice, wanted), login, inbox::add);
        } catch (IOException e) {
            // A native server that was told to shut down is gone a moment after its connections.
            Thread.sleep(MOMENT);
            if (!(choice instanceof TargetChoice.Native)
                    || nativeServer.running().isPresent()) {
                throw e;
            }
            return RedisClient.connect(way(choice, wanted), login, inbox::add);
        }
    }

    private Transport way(TargetChoice choice, String wanted) throws IOException {
        return switch (choice) {
            case TargetChoice.Native() -> nativeServer.start().transport(wanted).orElseThrow();
            case TargetChoice.Offered(var server) -> server.transports().getFirst();
            case TargetChoice.Address(var own, var _) -> own;
        };
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
        running = background.start("Redis " + name, _ -> answer(current, words), result -> {
            running = null;
            waiting.set(false);
            answered(current, words, result);
            runNext();
        });
    }

    private static TimedReply answer(RedisClient client, List<byte[]> words) throws IOException, InterruptedException {
        try {
            return client.send(words).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
        }
    }

    private void answered(RedisClient current, List<byte[]> words, Result<TimedReply> result) {
        switch (result) {
            case Result.Ok<TimedReply>(var reply) -> {
                add(new ConsoleEntry.Reply(
                        reply.value(), reply.nanos(), current.server().protocol()));
                follow(words, reply.value());
            }
            case Result.Failed<TimedReply>(var cause) -> {
                // A lost connection tells of itself.
                if (client == current) {
                    lines.clear();
                    add(new ConsoleEntry.Failed(String.valueOf(cause.getMessage())));
                }
            }
            case Result.Cancelled<TimedReply>() -> {
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
        nativeServer.close();
    }
}
