package dev.wasmscope.views.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.wasm.RedisWork;
import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.OpenModules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console on a Redis in Wasm, whose memory it makes visible. Without a toolkit.
class RedisInWasmTest {
    @TempDir
    Path temporary;

    private final OpenModules open = new OpenModules();
    private final TestWorkbench workbench = TestWorkbench.of(open);
    private final WasmServer server = new WasmServer(open.sessions.runtimes().getFirst());
    private final RedisDocument sight =
            new RedisDocument(open.workspace, workbench, new EngineServices(open.sessions, open.samples), server);
    private ConsoleViewModel model;

    @BeforeEach
    void begin() {
        var directories = new Directories(
                temporary, temporary.resolve("state"), temporary.resolve("cache"), temporary.resolve("run"));
        model = new ConsoleViewModel(open.background, directories, Optional.of(new WasmConsole(server, sight)));
        open.ui.until("the history was read", () -> model.history().ready());
    }

    @AfterEach
    void close() throws Exception {
        model.close();
        server.close();
        open.close();
    }

    private void needsTheModule() {
        Assumptions.assumeTrue(server.available(), "SKIPPED: this build has no redis.wasm.");
    }

    private void run(String line) {
        model.submit(line);
        open.ui.until(
                line + " was answered",
                () -> !model.waitingProperty().get()
                        && (model.stateProperty().get() instanceof ConnectionState.Connected
                                || model.stateProperty().get() instanceof ConnectionState.Lost));
        open.ui.until(
                line + " is in the output",
                () -> model.entries().stream()
                        .anyMatch(
                                entry -> entry instanceof ConsoleEntry.Reply || entry instanceof ConsoleEntry.Failed));
    }

    private RedisWork lastWork() {
        return model.entries().stream()
                .filter(ConsoleEntry.Reply.class::isInstance)
                .map(entry -> ((ConsoleEntry.Reply) entry).work().orElseThrow())
                .toList()
                .getLast();
    }

    private String output() {
        return model.entries().stream()
                .flatMap(entry -> EntryText.of(entry, false).stream())
                .map(EntryText.Piece::text)
                .collect(Collectors.joining());
    }

    private ModuleDocument document() {
        open.ui.until(
                "redis.wasm is attached",
                () -> open.workspace.modules().stream()
                        .anyMatch(module -> module.name().equals("redis.wasm")
                                && module.sessionProperty().get() != null));
        return open.workspace.modules().stream()
                .filter(module -> module.name().equals("redis.wasm"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sharedMemoryShowsItsHandshakeAndWhereItsRingsAre() {
        needsTheModule();
        model.wires().poll();
        assertThat(model.wires().possibleProperty().get()).isFalse();

        model.targets().wasmTransportProperty().set("shm");
        assertThat(model.promptProperty().get()).isEqualTo("wasm:shm[0]>");
        run("SET hello world");
        model.wires().poll();
        var before = model.wires().wiresProperty().get();
        assertThat(model.wires().possibleProperty().get()).isTrue();
        assertThat(before.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("Connected", "Offered", "Mapped", "Attached");
        assertThat(lastWork().pagesWritten()).isPositive();

        run("GET hello");
        open.ui.until("the rings have moved", () -> {
            model.wires().poll();
            return model.wires()
                            .wiresProperty()
                            .get()
                            .positions()
                            .orElseThrow()
                            .requests()
                            .tail()
                    > before.positions().orElseThrow().requests().tail();
        });
        var rings = model.wires().wiresProperty().get().positions().orElseThrow();
        assertThat(rings.requests().head()).isEqualTo(rings.requests().tail());
        assertThat(rings.replies().head()).isEqualTo(rings.replies().tail());

        model.targets().wasmTransportProperty().set("in-process");
        run("GET hello");
        model.wires().poll();
        assertThat(model.wires().wiresProperty().get()).isEqualTo(WiresModel.Wires.NONE);
    }

    @Test
    void commandTellsWhatItTookInTheGuest() {
        needsTheModule();
        assertThat(model.targets().all().getFirst().title()).isEqualTo("Redis in Wasm");
        assertThat(model.promptProperty().get()).isEqualTo("wasm:in-process[0]>");
        run("SET hello world");
        assertThat(lastWork().pagesWritten()).isPositive();
        assertThat(lastWork().nanos()).isPositive();
        assertThat(output())
                .containsPattern(
                        "OK {22} *[\\d,]+\u00a0µs\u00a0\u00a0guest\u00a0 *[\\d,]+\u00a0µs\u00a0\u00a0 *\\d+\u00a0pages");
        run("SETRANGE large 9000000 x");
        assertThat(lastWork().pages()).isGreaterThan(100);
        assertThat(output()).containsPattern("pages\u00a0\u00a0\\+\\d+");
    }

    @Test
    void firstCommandThatStoresSomethingShowsWhere() {
        needsTheModule();
        var strings = open.running("strings");
        run("PING");
        var document = document();
        assertThat(open.workspace.activeProperty().get()).isSameAs(strings);
        run("SET hello world");
        open.ui.until("a place was shown", () -> !workbench.locations.isEmpty());
        var place = (Location.Memory) workbench.locations.getFirst();
        assertThat(place.module()).isSameAs(document);
        assertThat(place.length()).isEqualTo(5);
        var session = Objects.requireNonNull(document.sessionProperty().get());
        assertThat(session.read(0, place.address() - 3, 8).join().bytes())
                .containsExactly(5, 5, 1, 'w', 'o', 'r', 'l', 'd');
        assertThat(workbench.shown).containsExactly(ConsoleTool.ID);
        run("SET hello mars");
        run("GET hello");
        assertThat(workbench.locations).hasSize(1);
    }

    @Test
    void restartedRedisIsEmptyAndIsLookedIntoAgain() {
        needsTheModule();
        run("SET a 1");
        var before = document().sessionProperty().get();
        model.restart();
        open.ui.until(
                "connected again",
                () -> model.stateProperty().get() instanceof ConnectionState.Connected
                        && !Objects.equals(document().sessionProperty().get(), before));
        run("DBSIZE");
        assertThat(output()).contains("started anew").contains("(integer) 0");
        assertThat(document().sessionProperty().get()).isSameAs(server.running().orElseThrow());
    }

    @Test
    void closedModuleEndsItsRedisAndTheNextCommandStartsAnother() {
        needsTheModule();
        run("SET a 1");
        open.workspace.close(document());
        open.ui.until("the console noticed", () -> model.stateProperty().get() instanceof ConnectionState.Lost);
        run("DBSIZE");
        open.ui.until("it was answered", () -> output().contains("(integer) 0"));
        assertThat(document().sessionProperty().get()).isSameAs(server.running().orElseThrow());
    }

    @Test
    void allDataGoesToAFileAndComesBackFromIt() throws Exception {
        needsTheModule();
        run("SET hello world");
        var file = temporary.resolve("kept/dump.rdb");
        model.snapshots().save(file);
        open.ui.until("it was saved", () -> output().contains("Saved all data as " + file));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).startsWith("REDIS0010");
        run("SET hello mars");
        run("SET more data");
        model.snapshots().load(file);
        open.ui.until("it was loaded", () -> output().contains("Loaded " + file));
        model.submit("MGET hello more");
        open.ui.until("the old data is back", () -> output().contains("1) \"world\"") && output().contains("2) (nil)"));
    }

    @Test
    void damagedSnapshotIsRefusedAndTheDataStays() throws Exception {
        needsTheModule();
        run("SET hello world");
        var file = temporary.resolve("dump.rdb");
        model.snapshots().save(file);
        open.ui.until("it was saved", () -> output().contains("Saved all data"));
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        model.snapshots().load(file);
        open.ui.until("it was refused", () -> output().contains(file + " was not loaded: The file is damaged"));
        model.snapshots().load(temporary.resolve("nowhere.rdb"));
        open.ui.until("there is none", () -> output().contains("was not loaded: there is no such file."));
        run("GET hello");
        open.ui.until("the data is still there", () -> output().contains("\"world\""));
    }

    @Test
    void startTellsHowLongItTookAndTheInstanceItsGlobals() {
        needsTheModule();
        run("PING");
        assertThat(output()).containsPattern("Redis in Wasm was (compiled and )?started in \\d+\\.\\d s\\.");
        assertThat(server.running().orElseThrow().globals().join()).isNotEmpty();
    }

    @Test
    void shutdownEndsItAndTheNextCommandStartsAnother() {
        needsTheModule();
        run("SET a 1");
        var first = server.running().orElseThrow();
        model.submit("SHUTDOWN NOSAVE");
        open.ui.until("the console noticed", () -> model.stateProperty().get() instanceof ConnectionState.Lost);
        run("DBSIZE");
        open.ui.until("it was answered", () -> output().contains("(integer) 0"));
        assertThat(server.running().orElseThrow()).isNotSameAs(first);
    }

    @Test
    void buildWithoutTheModuleSaysHowToGetIt() {
        Assumptions.assumeFalse(server.available(), "SKIPPED: this build has redis.wasm.");
        assertThat(model.targets().chosenProperty().get()).isInstanceOf(TargetChoice.Native.class);
        model.targets().chosenProperty().set(new TargetChoice.Wasm());
        run("PING");
        assertThat(output()).contains("no redis.wasm").contains("clang-19").contains("Native Redis");
        assertThat(List.copyOf(open.workspace.modules())).isEmpty();
    }
}
