package dev.wasmscope.views.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.views.output.OutputLine;
import dev.wasmscope.views.output.OutputLog;
import dev.wasmscope.views.workspace.OpenModules;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvokeViewModelTest {
    private final OpenModules open = new OpenModules();
    private final OutputLog log = new OutputLog();
    private final ObjectProperty<Duration> deadline = new SimpleObjectProperty<>(Duration.ofSeconds(5));
    private final InvokeViewModel model =
            new InvokeViewModel(open.workspace, open.background, new CallForm(open.samples, deadline), log);

    @AfterEach
    void close() {
        open.close();
    }

    private CallState.Ended runIn(String sample, String export, String... texts) {
        open.running(sample);
        return run(export, texts);
    }

    private CallState.Ended run(String export, String... texts) {
        assertThat(model.form().choose(export)).as(export).isTrue();
        for (int i = 0; i < texts.length; i++) {
            model.form().parameters().get(i).textProperty().set(texts[i]);
        }
        model.run();
        open.ui.until(export + " ended", () -> model.callProperty().get() instanceof CallState.Ended);
        return (CallState.Ended) model.callProperty().get();
    }

    @Test
    void sampleIsReadyToBeCalledAsItsCatalogueSuggests() {
        open.running("fib");
        model.run();
        open.ui.until("ended", () -> model.callProperty().get() instanceof CallState.Ended);
        assertThat(((CallState.Ended) model.callProperty().get()).outcome()).isInstanceOf(CallOutcome.Returned.class);
    }

    @Test
    void callReturnsAndIsLoggedAndRemembered() {
        var ended = runIn("add", "add", "40", "0x2");
        assertThat(((CallOutcome.Returned) ended.outcome()).results()).containsExactly(Value.i32(42));
        assertThat(ended.call()).isEqualTo("add(40, 0x2)");
        assertThat(model.history()).extracting(PastCall::call).containsExactly("add(40, 0x2)");
        assertThat(log.lines().getLast().level()).isEqualTo(OutputLine.Level.OK);
        assertThat(log.lines().getLast().text()).startsWith("add(40, 0x2) → 42");
    }

    @Test
    void argumentsThatWereTypedComeBackWithTheirModule() {
        var add = open.running("add");
        model.form().parameters().getFirst().textProperty().set("17");
        var fib = open.running("fib");
        model.form().parameters().getFirst().textProperty().set("9");

        open.workspace.activate(add);
        assertThat(model.form().parameters().getFirst().textProperty().get()).isEqualTo("17");
        assertThat(add.chosenExportProperty().get()).isEqualTo("add");

        open.workspace.activate(fib);
        assertThat(model.form().parameters().getFirst().textProperty().get()).isEqualTo("9");
    }

    @Test
    void deadlineOfTheSettingsIsTheFormsToo() {
        assertThat(model.form().timeoutProperty().get()).isEqualTo("5s");
        deadline.set(Duration.ofMillis(750));
        assertThat(model.form().timeoutProperty().get()).isEqualTo("750ms");
        assertThat(model.form().timeoutErrorProperty().get()).isEmpty();
        deadline.set(Duration.ofHours(1));
        assertThat(model.form().timeoutProperty().get()).isEqualTo("60m");
        assertThat(model.form().timeoutErrorProperty().get()).isEmpty();
    }

    @Test
    void wrongTextIsExplainedAsItIsTypedAndNothingIsCalled() {
        open.running("add");
        var first = model.form().parameters().getFirst();
        first.textProperty().set("4x");
        assertThat(first.errorProperty().get()).contains("\"4x\" is no i32");
        model.run();
        assertThat(model.callProperty().get()).isInstanceOf(CallState.None.class);
        first.textProperty().set("");
        assertThat(first.errorProperty().get()).isEmpty();
        model.run();
        assertThat(first.errorProperty().get()).startsWith("Enter a value");
    }

    @Test
    void wrongDeadlineIsExplained() {
        model.form().timeoutProperty().set("soon");
        assertThat(model.form().timeoutErrorProperty().get()).contains("500ms");
        model.form().timeoutProperty().set("20ms");
        assertThat(model.form().timeoutErrorProperty().get()).isEmpty();
    }

    @Test
    void historyRefillsTheForm() {
        runIn("add", "add", "1", "2");
        run("add", "3", "4");
        model.refill(model.history().getLast());
        assertThat(model.form().parameters())
                .extracting(p -> p.textProperty().get())
                .containsExactly("1", "2");
    }

    @Test
    void trapTaintsAndUndoRestores() {
        open.running("traps");
        var trap = model.form().functions().stream()
                .filter(f -> f.name().contains("unreachable"))
                .findFirst()
                .orElseThrow();
        var ended = run(trap.name());
        assertThat(ended.outcome()).isInstanceOf(CallOutcome.Trapped.class);
        assertThat(model.taintedProperty().get()).isTrue();
        assertThat(log.lines().getLast().details()).contains("at ");
        model.undo();
        open.ui.until("restored", () -> {
            model.poll();
            return !model.taintedProperty().get();
        });
        assertThat(model.undoableProperty().get()).isFalse();
    }

    @Test
    void endlessLoopIsStopped() {
        open.running("loops");
        assertThat(model.form().choose("br")).isTrue();
        model.run();
        var session = Objects.requireNonNull(open.workspace.activeProperty().get())
                .sessionProperty()
                .get();
        while (!(Objects.requireNonNull(session).status().phase() instanceof SessionStatus.Phase.Running)) {
            Thread.onSpinWait();
        }
        assertThat(model.runningProperty().get()).isTrue();
        model.stop();
        open.ui.until("stopped", () -> model.callProperty().get() instanceof CallState.Ended);
        assertThat(((CallState.Ended) model.callProperty().get()).outcome())
                .isInstanceOfSatisfying(
                        CallOutcome.TimedOut.class,
                        late -> assertThat(late.stopped()).isTrue());
    }

    @Test
    void commandPrintsWithTheArgumentsOfTheForm() {
        open.running("hello");
        assertThat(model.form().functionProperty().get()).isNotNull();
        model.wasi().argumentsProperty().set("\"wide world\"");
        model.run();
        open.ui.until("ended", () -> model.callProperty().get() instanceof CallState.Ended);
        assertThat(log.lines()).anySatisfy(line -> {
            assertThat(line.level()).isEqualTo(OutputLine.Level.OUT);
            assertThat(line.text()).contains("wide world");
        });
    }

    @Test
    void runtimeCanBeChanged() {
        open.running("add");
        model.runtimeProperty().set("interpreter");
        open.ui.until("restarted", () -> model.readyProperty().get());
        var session = Objects.requireNonNull(open.workspace.activeProperty().get())
                .sessionProperty()
                .get();
        assertThat(Objects.requireNonNull(session).info().runtime()).isEqualTo("interpreter");
        assertThat(((CallOutcome.Returned) run("add", "1", "1").outcome()).results())
                .containsExactly(Value.i32(2));
    }

    @Test
    void wordsOfArgumentsAreSplitAsAShellDoes() {
        assertThat(WasiForm.words("a \"b c\" d\\ e \"\"")).isEqualTo(List.of("a", "b c", "d e", ""));
    }

    @Test
    void wrongVariableIsExplained() {
        model.wasi().environmentProperty().set("A=1\nnonsense");
        assertThat(model.wasi().environmentErrorProperty().get()).contains("nonsense");
        assertThat(model.wasi().grants("p")).isEmpty();
    }

    @Test
    void wrongAddressesAreNamedAndNothingIsGranted() {
        var wasi = model.wasi();
        wasi.connectProperty().set("127.0.0.1:8080, example.org");
        assertThat(wasi.connectErrorProperty().get()).contains("example.org").doesNotContain("127.0.0.1");
        assertThat(wasi.grants("p")).isEmpty();
        wasi.connectProperty().set("127.0.0.1:0");
        assertThat(wasi.connectErrorProperty().get()).isEqualTo("127.0.0.1:0 has no port to connect to.");
        wasi.connectProperty().set("127.0.0.1:8080");
        wasi.listenProperty().set("[::1]:70000");
        assertThat(wasi.connectErrorProperty().get()).isEmpty();
        assertThat(wasi.listenErrorProperty().get()).contains("70000");
        assertThat(wasi.grants("p")).isEmpty();
        wasi.listenProperty().set(" [::1]:0\n127.0.0.1:90 ");
        assertThat(wasi.grants("p").orElseThrow().network())
                .isEqualTo(NetworkGrants.parse(List.of("127.0.0.1:8080"), List.of("[::1]:0", "127.0.0.1:90")));
    }

    @Test
    void networkIsGrantedToItsModuleOnlyAndComesBackWithIt() {
        var get = open.running("http-get");
        model.wasi().argumentsProperty().set("--help");
        model.wasi().connectProperty().set("127.0.0.1:8080 example.org:80");
        model.wasi().listenProperty().set("[::1]:0");
        model.run();
        open.ui.until("ended", () -> model.callProperty().get() instanceof CallState.Ended);
        open.running("hello");
        assertThat(model.wasi().connectProperty().get()).isEmpty();
        assertThat(model.wasi().listenProperty().get()).isEmpty();
        open.running("add");
        open.workspace.activate(get);
        assertThat(model.wasi().connectProperty().get()).isEqualTo("127.0.0.1:8080 example.org:80");
        assertThat(model.wasi().listenProperty().get()).isEqualTo("[::1]:0");
        assertThat(get.request().wasi().orElseThrow().network().connect()).hasSize(2);
    }
}
