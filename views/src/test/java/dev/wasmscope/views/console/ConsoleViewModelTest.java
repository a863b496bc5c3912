package dev.wasmscope.views.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.workspace.UiQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Without a toolkit, against real servers.
class ConsoleViewModelTest {
    @TempDir
    Path temporary;

    private final UiQueue ui = new UiQueue();
    private final Background background = new Background(ui);
    private ConsoleViewModel model;

    @BeforeEach
    void open() {
        model = new ConsoleViewModel(background, directories(), Optional.empty());
        ui.until("the history was read", () -> model.history().ready());
    }

    @AfterEach
    void close() throws Exception {
        model.close();
        background.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void firstCommandStartsTheNativeServerAndConnects(String transport) {
        model.targets().nativeTransportProperty().set(transport);

        run("SET hello world");
        run("GET hello");

        assertThat(model.promptProperty().get()).isEqualTo("native:" + transport + "[0]>");
        assertThat(output()).containsSubsequence("native:" + transport + "[0]> SET hello world", "OK", "\"world\"");
        assertThat(output()).containsPattern("\"world\"   [\\d,]+\u00a0µs");
        assertThat(model.stateProperty().get()).isInstanceOf(ConnectionState.Connected.class);
    }

    @Test
    void pastedLinesRunOneAfterTheOther() {
        run("SET a 1\nINCR a\n\nINCR a\n");

        assertThat(output()).containsSubsequence("SET a 1", "OK", "INCR a", "(integer) 2", "INCR a", "(integer) 3");
        assertThat(model.history().lines()).containsExactly("SET a 1", "INCR a");
    }

    @Test
    void promptFollowsTheDatabaseThroughAReconnect() {
        run("SELECT 7");
        assertThat(model.promptProperty().get()).isEqualTo("native:tcp[7]>");

        model.connect();
        run("CLIENT INFO");

        assertThat(output()).contains(" db=7 ");
    }

    @Test
    void rawViewShowsTheWire() {
        run("PING");

        assertThat(EntryText.of(model.entries().getLast(), true))
                .extracting(EntryText.Piece::text)
                .containsSubsequence("+", "PONG", "\\r\\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"SET \"a|not closed", "NOSUCH|ERR unknown command", "GET a b|wrong number of arguments"})
    void wrongCommandIsAnsweredAndTheNextOneRuns(String line, String reason) {
        run(line);
        run("PING");

        assertThat(output()).containsSubsequence(reason, "PONG");
    }

    @Test
    void cancellingABlockingCommandGivesItsConnectionUpAndMakesANewOne() {
        run("PING");
        model.submit("BLPOP nothing 0\nPING");
        ui.until("it waits", () -> model.waitingProperty().get());

        model.cancel();
        ui.until("it is connected anew", () -> output().contains("Cancelled") && connected());
        run("ECHO again");

        assertThat(output()).contains("\"again\"");
        assertThat(output().split("PONG", -1))
                .as("lines behind the cancelled one do not run")
                .hasSize(2);
    }

    @Test
    void lostServerIsReportedAndTheNextCommandStartsANewOne() {
        run("PING");

        model.submit("SHUTDOWN NOSAVE");
        ui.until("the loss is seen", () -> model.stateProperty().get() instanceof ConnectionState.Lost);
        run("ECHO back");

        assertThat(output()).containsSubsequence("was lost", "\"back\"");
    }

    @Test
    void messagesAndMonitorsLinesAreShown() throws Exception {
        run("SUBSCRIBE news");
        try (var other = RedisClient.connect(transport(), RedisLogin.NONE, _ -> {})) {
            other.ask(Duration.ofSeconds(5), "PUBLISH", "news", "hello");
            ui.until("the message is there", () -> output().contains("▸ \"message\"  \"news\"  \"hello\""));
            run("MONITOR");
            other.ask(Duration.ofSeconds(5), "GET", "seen");
        }
        ui.until("the command was seen", () -> output().contains("\"GET\" \"seen\""));
    }

    @Test
    void ownAddressIsUsedAndAWrongFieldIsNamed() throws Exception {
        try (var redis = NativeRedis.start(directories())) {
            model.targets().form().kind.set(AddressForm.Kind.UNIX);
            assertThat(model.useForm())
                    .hasValueSatisfying(text -> assertThat(text).contains("path"));
            var path = redis.transport("unix").orElseThrow().address();
            model.targets().form().path.set(path);
            model.targets().form().database.set("x");
            assertThat(model.useForm())
                    .hasValueSatisfying(text -> assertThat(text).contains("'x'"));
            model.targets().form().database.set("3");

            assertThat(model.useForm()).isEmpty();
            run("PING");

            assertThat(model.promptProperty().get()).isEqualTo(path + ":unix[3]>");
            assertThat(output()).contains("PONG");
        }
    }

    @Test
    void unreachableAddressSaysWhatToDo() {
        model.targets().form().port.set("1");
        model.useForm();
        ui.until("it failed", () -> model.stateProperty().get() instanceof ConnectionState.Lost);

        assertThat(output()).contains("Nothing listens at 127.0.0.1:1; start a server there");
    }

    @Test
    void historyIsWalkedAndKept() {
        run("SET a 1");
        run("GET a");
        assertThat(model.history().older("dra")).isEqualTo("GET a");
        assertThat(model.history().older("GET a")).isEqualTo("SET a 1");
        assertThat(model.history().older("SET a 1")).isEqualTo("SET a 1");
        assertThat(model.history().newer("SET a 1")).isEqualTo("GET a");
        assertThat(model.history().newer("GET a")).isEqualTo("dra");
        assertThat(model.history().search("set", 2)).contains(0);

        ui.until("the file is written", () -> background.tasks().isEmpty());
        assertThat(temporary.resolve("state/redis-history")).hasContent("SET a 1\nGET a");
    }

    @Test
    void unreadableHistoryIsReported() throws Exception {
        Files.createDirectories(temporary.resolve("other/state"));
        Files.write(temporary.resolve("other/state/redis-history"), new byte[] {(byte) 0xff});
        try (var other = new ConsoleViewModel(background, under(temporary.resolve("other")), Optional.empty())) {
            ui.until("it was read", () -> other.history().ready());

            assertThat(other.entries()).hasSize(1).first().isInstanceOf(ConsoleEntry.Failed.class);
        }
    }

    @Test
    void hintsComeFromTheServerOnceItIsThere() {
        assertThat(model.hint("GET ")).isEqualTo("key");
        assertThat(model.hint("EXPIRETIME ")).as("not in the table of 6.2").isEmpty();
        run("PING");

        assertThat(model.hint("EXPIRETIME ")).isEqualTo("key");
        assertThat(model.complete("hgeta")).extracting(p -> p.text()).containsExactly("HGETALL");
    }

    private void run(String lines) {
        var before = model.entries().size();
        model.submit(lines);
        ui.until("answered: " + lines, () -> model.entries().size() > before && idle());
    }

    private boolean idle() {
        return background.tasks().stream()
                        .noneMatch(task -> task.title().startsWith("Redis ")
                                || task.title().startsWith("Start")
                                || task.title().startsWith("Connecting"))
                && !model.waitingProperty().get();
    }

    private boolean connected() {
        return model.stateProperty().get() instanceof ConnectionState.Connected;
    }

    private Transport transport() {
        return dev.wasmscope.engine.transport.TcpTransport.plain(
                "127.0.0.1", Integer.parseInt(address().substring(address().lastIndexOf(':') + 1)));
    }

    private String address() {
        return ((ConnectionState.Connected) model.stateProperty().get()).address();
    }

    private String output() {
        return List.copyOf(model.entries()).stream()
                .flatMap(entry -> EntryText.of(entry, false).stream())
                .map(EntryText.Piece::text)
                .collect(Collectors.joining());
    }

    private Directories directories() {
        return under(temporary);
    }

    private static Directories under(Path base) {
        return new Directories(
                base.resolve("config"), base.resolve("state"), base.resolve("cache"), base.resolve("run"));
    }
}
