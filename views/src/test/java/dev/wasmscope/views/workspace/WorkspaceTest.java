package dev.wasmscope.views.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.views.spi.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private final OpenModules open = new OpenModules();
    private final Workspace workspace = open.workspace;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void openedSampleIsActiveReadValidAndCallable() {
        var fib = open.running("fib");
        assertThat(workspace.activeProperty().get()).isSameAs(fib);
        assertThat(workspace.activeModuleProperty().get()).isSameAs(fib);
        assertThat(fib.facts().orElseThrow().exports()).isNotEmpty();
        open.ui.until("validated", () -> fib.validationProperty().get() instanceof Validation.Valid);
        assertThat(call(fib, "fib", Value.i32(10))).isInstanceOf(CallOutcome.class);
        assertThat(fib.stubbedProperty().get()).isEmpty();
        assertThat(open.notices).isEmpty();
    }

    @Test
    void linkedModulesMoveToAChildProcessAndBackTogether() {
        var b = open.running("link-b");
        var a = b.links().values().iterator().next();
        for (var place : new Placement[] {Placement.CHILD, Placement.IN_PROCESS}) {
            workspace.placementProperty().set(place);
            for (var module : new ModuleDocument[] {a, b}) {
                open.ui.until(module + " runs in " + place, () -> runsIn(module, place));
            }
        }
        assertThat(open.notices).isEmpty();
    }

    @Test
    void moduleOpenedLaterRunsWhereTheOthersDo() {
        workspace.placementProperty().set(Placement.CHILD);
        var add = open.running("add");
        assertThat(runsIn(add, Placement.CHILD)).isTrue();
        assertThat(call(add, "add", Value.i32(40), Value.i32(2)))
                .isInstanceOfSatisfying(
                        CallOutcome.Returned.class,
                        returned -> assertThat(returned.results()).containsExactly(Value.i32(42)));
    }

    private static boolean runsIn(ModuleDocument module, Placement place) {
        return module.sessionStateProperty().get() instanceof SessionState.Open(var session)
                && session.info().placement() == place;
    }

    @Test
    void fileOpenedTwiceActivatesTheFirst() throws IOException {
        var file = Files.write(folder.resolve("one.wasm"), bytes("add"));
        var one = open.file(file);
        var two = open.running("fib");
        assertThat(workspace.activeProperty().get()).isSameAs(two);
        workspace.open(folder.resolve("x/../one.wasm"));
        assertThat(workspace.activeProperty().get()).isSameAs(one);
        assertThat(workspace.modules()).containsExactly(one, two);
    }

    @Test
    void fileOpenedTwiceBeforeItWasReadMakesOneDocument() throws IOException {
        var file = Files.write(folder.resolve("one.wasm"), bytes("add"));
        workspace.open(file);
        workspace.open(file);
        var one = open.file(file);
        open.ui.until("nothing is under way", () -> open.background.tasks().isEmpty());
        assertThat(workspace.modules()).containsExactly(one);
        assertThat(open.recent).contains(file);
    }

    @Test
    void malformedFileStaysInTheListWithReasonAndOffset() throws IOException {
        var whole = bytes("strings");
        var file = Files.write(folder.resolve("cut.wasm"), Arrays.copyOf(whole, whole.length - 5));
        var broken = open.file(file);
        assertThat(broken.factsProperty().get()).isInstanceOfSatisfying(Facts.Malformed.class, malformed -> {
            assertThat(malformed.reason()).contains("0x%x".formatted(malformed.offset()));
            assertThat(malformed.offset()).isBetween(1L, (long) whole.length);
        });
        assertThat(broken.sessionProperty().get()).isNull();
        assertThat(broken.validationProperty().get()).isInstanceOf(Validation.NotChecked.class);
        assertThat(open.running("fib").facts()).as("the workspace goes on").isPresent();
        assertThat(workspace.modules()).hasSize(2);
    }

    @Test
    void directoryMissingAndEmptyFileAreSentencesAndNoDocuments() throws IOException {
        workspace.open(folder);
        workspace.open(folder.resolve("none.wasm"));
        workspace.open(Files.createFile(folder.resolve("empty.wasm")));
        open.ui.until("all were tried", () -> open.notices.size() == 3);
        assertThat(open.notices).allSatisfy(notice -> {
            assertThat(notice.level()).isEqualTo(Notice.Level.ERROR);
            assertThat(notice.text()).contains(folder.toString()).endsWith(".");
        });
        assertThat(open.notices)
                .extracting(Notice::text)
                .anySatisfy(text -> assertThat(text).contains("directory"));
        assertThat(workspace.modules()).isEmpty();
        assertThat(open.recent).isEmpty();
    }

    @Test
    void unknownSampleNamesTheNearest() {
        workspace.openSample("strinks");
        open.ui.until("it was tried", () -> !open.notices.isEmpty());
        assertThat(open.notices.getFirst().text()).contains("strinks").contains("strings");
    }

    @Test
    void unmetImportsAreStubbedAndNamed() throws IOException {
        var callback = open.file(Files.write(folder.resolve("alone.wasm"), bytes("callback")));
        open.ui.until("running", () -> callback.sessionProperty().get() != null);
        assertThat(callback.stubbedProperty().get()).singleElement().satisfies(stub -> {
            assertThat(stub.module()).isEqualTo("host");
            assertThat(stub.name()).isEqualTo("transform");
        });
        assertThat(call(callback, "once", Value.i32(1)))
                .isInstanceOfSatisfying(
                        CallOutcome.Trapped.class,
                        trap -> assertThat(trap.reason()).contains("host").contains("transform"));
    }

    @Test
    void sampleThatImportsFromAnotherOpensItAndIsLinked() {
        var user = open.running("link-b");
        assertThat(workspace.modules()).extracting(ModuleDocument::name).containsExactly("link-a.wasm", "link-b.wasm");
        assertThat(workspace.activeProperty().get()).isSameAs(user);
        assertThat(user.stubbedProperty().get()).isEmpty();
        assertThat(call(user, "area", Value.i32(6), Value.i32(7)))
                .isInstanceOfSatisfying(
                        CallOutcome.Returned.class,
                        returned -> assertThat(returned.results()).containsExactly(Value.i32(42)));
    }

    @Test
    void linkingGivesImportsAndUnlinkingTakesThemAway() {
        var callback = open.running("callback");
        var provider = workspace.modules().getFirst();
        workspace.unlink(callback, "host");
        workspace.link(callback, "host", provider);
        open.ui.until("linked", () -> callback.sessionProperty().get() != null);
        assertThat(call(callback, "once", Value.i32(4)))
                .isInstanceOfSatisfying(
                        CallOutcome.Returned.class,
                        returned -> assertThat(returned.results()).containsExactly(Value.i32(40)));
        workspace.unlink(callback, "host");
        open.ui.until("unlinked", () -> callback.sessionProperty().get() != null);
        assertThat(call(callback, "once", Value.i32(4))).isInstanceOf(CallOutcome.Trapped.class);
    }

    @Test
    void restartedProviderRestartsItsUsers() {
        var user = open.running("link-b");
        var before = session(user);
        workspace.modules().getFirst().restart();
        open.ui.until("restarted", () -> isOther(user, before));
        assertThat(call(user, "accumulate", Value.i32(5))).isInstanceOf(CallOutcome.Returned.class);
    }

    @Test
    void modulesCannotBeLinkedInARing() {
        var a = open.running("link-a");
        workspace.link(a, "any", a);
        assertThat(open.notices)
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.text()).contains("link-a.wasm cannot take imports from link-a.wasm"));
        assertThat(a.links()).isEmpty();
    }

    @Test
    void closedProviderLeavesItsUsersRunningOnStubs() {
        var user = open.running("link-b");
        var provider = workspace.modules().getFirst();
        workspace.close(provider);
        open.ui.until("restarted", () -> user.sessionProperty().get() != null);
        assertThat(user.stubbedProperty().get()).hasSize(3);
        assertThat(open.notices)
                .anySatisfy(notice -> assertThat(notice.text()).contains("link-b.wasm took imports from link-a.wasm"));
    }

    @Test
    void restartBringsANewInstanceWithFreshMemory() {
        var strings = open.running("strings");
        var before = session(strings);
        call(strings, "upper", Value.i32(0x20), Value.i32(6));
        assertThat(text(strings)).isEqualTo("MEMORY");
        strings.restart();
        open.ui.until("restarted", () -> isOther(strings, before));
        assertThat(text(strings)).isEqualTo("memory");
        assertThat(before.status().phase()).isInstanceOf(SessionStatus.Phase.Closed.class);
    }

    @Test
    void undoTakesTheLastCallBackAndSaysSo() {
        var strings = open.running("strings");
        strings.undo();
        open.ui.until("said", () -> !open.notices.isEmpty());
        call(strings, "upper", Value.i32(0x20), Value.i32(6));
        strings.undo();
        open.ui.until("said", () -> open.notices.size() == 2);
        assertThat(open.notices.get(1).text()).contains("upper");
        assertThat(open.notices.get(1).level()).isEqualTo(Notice.Level.SUCCESS);
        assertThat(text(strings)).isEqualTo("memory");
    }

    @Test
    void closingEndsTheSessionAndActivatesTheNeighbour() {
        var fib = open.running("fib");
        var add = open.running("add");
        var session = session(add);
        workspace.close(add);
        assertThat(workspace.activeProperty().get()).isSameAs(fib);
        assertThat(add.sessionProperty().get()).isNull();
        open.ui.until("closed", () -> open.background.tasks().isEmpty());
        assertThat(session.status().phase()).isInstanceOf(SessionStatus.Phase.Closed.class);
        workspace.close(fib);
        assertThat(workspace.activeProperty().get()).isNull();
        assertThat(open.workspace.modules()).isEmpty();
    }

    @Test
    void closingWhileItStartsLeavesNoSessionBehind() {
        var fib = open.sample("fib");
        workspace.close(fib);
        open.ui.until("all is done", () -> open.background.tasks().isEmpty());
        assertThat(fib.sessionProperty().get()).isNull();
        assertThat(fib.sessionStateProperty().get()).isInstanceOf(SessionState.None.class);
    }

    @Test
    void startFunctionThatNeverEndsIsAFailureWithItsOutcome() {
        var loops = open.sample("loops-start");
        open.ui.until("failed", () -> loops.sessionStateProperty().get() instanceof SessionState.Failed);
        assertThat(loops.sessionStateProperty().get()).isInstanceOfSatisfying(SessionState.Failed.class, failed -> {
            assertThat(failed.reason()).endsWith(".");
            assertThat(failed.outcome()).get().isInstanceOf(CallOutcome.TimedOut.class);
        });
        assertThat(loops.facts()).isPresent();
    }

    private CallOutcome call(ModuleDocument module, String export, Value... arguments) {
        return session(module).call(CallRequest.of(export, arguments)).join();
    }

    private static boolean isOther(ModuleDocument module, Session before) {
        var now = module.sessionProperty().get();
        return now != null && !now.equals(before);
    }

    private String text(ModuleDocument module) {
        return new String(session(module).read(0, 0x20, 6).join().bytes(), StandardCharsets.US_ASCII);
    }

    private static Session session(ModuleDocument module) {
        return Objects.requireNonNull(module.sessionProperty().get());
    }

    private byte[] bytes(String sample) {
        try {
            return open.samples.open(sample).bytes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
