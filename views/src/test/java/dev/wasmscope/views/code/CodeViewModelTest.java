package dev.wasmscope.views.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.UiQueue;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodeViewModelTest {
    /// Function 0 calls 1, which is "helper" by the name section; 2 has a body of nonsense.
    static final byte[] CALLS = HexFormat.of()
            .parseHex(("00 61 73 6d 01 00 00 00"
                            + "01 04 01 60 00 00"
                            + "03 04 03 00 00 00"
                            + "07 08 01 04 6d 61 69 6e 00 00"
                            + "0a 0f 03 05 00 10 01 01 0b 03 00 01 0b 03 00 ff 0b"
                            + "00 10 04 6e 61 6d 65 01 09 01 01 06 68 65 6c 70 65 72")
                    .replace(" ", ""));

    private final UiQueue ui = new UiQueue();
    private final Background background = new Background(ui);
    private final CodeBench bench = new CodeBench(background);
    private final CodeViewModel model = new CodeViewModel(bench.workspace, bench);

    CodeViewModelTest() {
        bench.showFunctionsIn(model::open);
    }

    @AfterEach
    void stop() {
        background.close();
    }

    private ModuleDocument open(String name, byte[] bytes) {
        return bench.workspace.open(new ModuleSource(name, Optional.empty(), bytes));
    }

    private CodeState.Shown shown(int function) {
        ui.until(
                "function " + function + " is shown",
                () -> model.stateProperty().get() instanceof CodeState.Shown s
                        && s.function().index() == function);
        return (CodeState.Shown) Objects.requireNonNull(model.stateProperty().get());
    }

    private <T extends CodeState> T waitFor(Class<T> kind) {
        ui.until(
                kind.getSimpleName(),
                () -> kind.isInstance(model.stateProperty().get()));
        return kind.cast(model.stateProperty().get());
    }

    @Test
    void nothingIsShownWithoutAModule() {
        assertThat(model.stateProperty().get()).isEqualTo(new CodeState.NoModule());
    }

    @Test
    void firstExportedFunctionIsShownWithItsHeadAndInstructions() {
        open("calls.wasm", CALLS);
        var text = shown(0).text();
        assertThat(text.lines().stream().map(CodeText.Line::text))
                .containsExactly("(func $main", "  call $helper", "  nop", "  end");
        assertThat(text.lines().get(1).offset()).hasValue(0x23);
        assertThat(model.bytes(text.lines().get(1))).isEqualTo("10 01");
    }

    @Test
    void jumpToACalleeCanBeTakenBackAndForward() {
        open("calls.wasm", CALLS);
        model.follow(shown(0).text().lines().get(1));
        shown(1);
        assertThat(bench.visited).singleElement().isInstanceOf(Location.Function.class);
        model.back();
        shown(0);
        assertThat(model.canGoBackProperty().get()).isFalse();
        model.forward();
        shown(1);
        assertThat(model.canGoForwardProperty().get()).isFalse();
    }

    @Test
    void lineThatNamesNoFunctionLeadsNowhere() {
        open("calls.wasm", CALLS);
        model.follow(shown(0).text().lines().get(2));
        assertThat(bench.visited).isEmpty();
    }

    @Test
    void trapOpensAtItsInstruction() {
        var module = open("calls.wasm", CALLS);
        shown(0);
        model.open(new Location.Function(module, 0, OptionalLong.of(0x25)));
        assertThat(shown(0).line()).hasValue(2);
        model.open(new Location.Function(module, 0, OptionalLong.of(0x24)));
        assertThat(shown(0).line()).as("an offset inside an instruction").hasValue(1);
        model.open(new Location.Function(module, 0, OptionalLong.of(1)));
        assertThat(shown(0).line()).isEmpty();
    }

    @Test
    void functionOfAnotherModuleIsShownOnceThatIsRead() {
        var first = open("first.wasm", CALLS);
        open("second.wasm", CALLS);
        model.open(new Location.Function(first, 1, OptionalLong.empty()));
        ui.until(
                "the first module's helper",
                () -> model.stateProperty().get() instanceof CodeState.Shown s
                        && s.module().equals(first)
                        && s.function().index() == 1);
    }

    @Test
    void bodyThatCannotBeDecodedIsASentenceWithItsOffset() {
        var module = open("calls.wasm", CALLS);
        shown(0);
        model.open(new Location.Function(module, 2, OptionalLong.empty()));
        var broken = waitFor(CodeState.Broken.class);
        assertThat(broken.reason()).isEqualTo("Unknown instruction 0xff, at byte offset 0x2d.");
        assertThat(broken.offset()).isEqualTo(0x2d);
    }

    @Test
    void malformedModuleIsASentenceToo() {
        open("broken.wasm", new byte[] {1, 2, 3, 4});
        assertThat(waitFor(CodeState.Malformed.class).reason()).contains("not a WebAssembly module");
        assertThat(model.functions()).isEmpty();
    }

    @Test
    void moduleWithoutFunctionsSaysSo() {
        open("empty.wasm", HexFormat.of().parseHex("0061736d01000000"));
        waitFor(CodeState.NoFunctions.class);
    }

    @Test
    void filterFindsByPartOfTheNameAndByIndex() {
        open("calls.wasm", CALLS);
        shown(0);
        model.filterProperty().set("HELP");
        assertThat(model.functions()).extracting(FunctionFact::index).containsExactly(1);
        model.filterProperty().set("2");
        assertThat(model.functions()).extracting(FunctionFact::index).containsExactly(2);
        model.filterProperty().set("");
        assertThat(model.functions()).hasSize(3);
    }

    @Test
    void bytesOfAnInstructionAreShownInTheFile() {
        var module = open("calls.wasm", CALLS);
        model.showBytes(shown(0).text().lines().get(1));
        assertThat(bench.visited).containsExactly(new Location.FileBytes(module, 0x23, 2));
    }

    @Test
    void historyForgetsAModuleThatWasClosed() {
        var first = open("first.wasm", CALLS);
        shown(0);
        open("second.wasm", CALLS);
        ui.until("the second", () -> model.canGoBackProperty().get());
        bench.workspace.close(first);
        assertThat(model.canGoBackProperty().get()).isFalse();
    }
}
