package dev.wasmscope.views.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.control.FxTest;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.hex.HexView;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.geometry.Orientation;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;

class ExplorerWindowTest extends FxTest {
    private final Sessions sessions = new Sessions();
    private final SampleCatalogue samples = SampleCatalogue.load();
    private final List<Notice> notices = new ArrayList<>();
    private final Workspace workspace =
            new Workspace(background, new EngineServices(sessions, samples), notices::add, _ -> {});
    private final TestWorkbench workbench = TestWorkbench.of(workspace, background);
    private final PaletteProbe probe = new PaletteProbe();
    private final FileTool file = new FileTool(workspace, workbench);
    private int dialogs;

    @TempDir
    Path folder;

    @Override
    protected Parent content() {
        workbench.follow(probe.paletteProperty());
        var tree = new ModulesTool(workspace, workbench, samples, () -> dialogs++).node();
        var tables = new SplitPane(new ImportsExportsTool(workspace, workbench).node(), file.node());
        tables.setOrientation(Orientation.VERTICAL);
        tables.setDividerPositions(0.25);
        var all = new SplitPane(tree, tables, new ModuleFactsTool(workspace).node());
        all.setDividerPositions(0.2, 0.78);
        return new BorderPane(all, null, null, new VBox(probe), null);
    }

    @Override
    protected double width() {
        return 1280;
    }

    @Override
    protected double height() {
        return 720;
    }

    @AfterEach
    void closeSessions() {
        sessions.close();
    }

    @Test
    void sampleOpensFromTheTreeByKeyboard() {
        robot.clickOn("#modules-filter").write("fibo").type(KeyCode.ENTER);
        until(() -> workspace.modules().size() == 1);
        until(() -> module(0).sessionStateProperty().get() instanceof SessionState.Open);
        robot.type(KeyCode.ESCAPE);
        settle();
        assertThat(shownRows()).startsWith("fib.wasm", "Exports").contains("fib", "Functions", "Samples");
    }

    @Test
    void enterOnRowsLeadsToToolsAndDeleteCloses() {
        open("strings");
        robot.clickOn("upper").type(KeyCode.ENTER);
        assertThat(workbench.locations).containsExactly(new Location.Export(module(0), "upper"));
        robot.clickOn("strings.wasm").type(KeyCode.DELETE);
        settle();
        assertThat(workspace.modules()).isEmpty();
        robot.clickOn("Open…");
        assertThat(dialogs).isEqualTo(1);
    }

    @Test
    void filterNarrowsAsOneTypesAndEscapeBringsAllBack() {
        open("strings");
        var before = shownRows();
        robot.clickOn("#modules-filter").write("rev");
        settle();
        assertThat(shownRows()).containsExactly("strings.wasm", "Exports", "reverse", "Functions", "reverse");
        robot.type(KeyCode.ESCAPE);
        settle();
        assertThat(shownRows()).isEqualTo(before);
    }

    @Test
    void copyPutsTheRowOnTheClipboard() {
        open("strings");
        robot.clickOn("greet").press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        assertThat(clipboard()).isEqualTo("greet (i32 i32) → (i32 i32)");
    }

    @Test
    void brokenModuleIsRedAndTheOthersGoOn() throws Exception {
        open("strings");
        var bytes = samples.open("fib").bytes().clone();
        bytes[8] = 99;
        var path = Files.write(folder.resolve("broken.wasm"), bytes);
        onUi(() -> workspace.open(path));
        until(() ->
                workspace.modules().size() == 2 && !(module(1).factsProperty().get() instanceof Facts.Reading));
        settle();
        assertThat(shownRows()).contains("broken.wasm", "strings.wasm", "upper");
        assertThat(hex().access().selection().start()).isEqualTo(8);
    }

    @Test
    void tableFiltersSortsAndCopies() {
        open("strings");
        robot.clickOn("#links-filter").write("func");
        settle();
        TableView<Link> table = robot.lookup("#links-table").queryTableView();
        assertThat(table.getItems()).hasSize(5);
        robot.clickOn("Name");
        settle();
        assertThat(table.getItems()).extracting(Link::name).isSorted();
        robot.clickOn("#links-copy");
        assertThat(clipboard())
                .startsWith("direction\tmodule")
                .contains("export\t\tgreet\tfunction")
                .hasLineCount(6);
    }

    @Test
    void chosenSectionIsSelectedInTheBytes() {
        open("strings");
        TableView<SectionRow> table = robot.lookup("#sections-table").queryTableView();
        var code = table.getItems().stream()
                .filter(row -> row.id() == 10)
                .findFirst()
                .orElseThrow();
        robot.clickOn("code");
        settle();
        assertThat(hex().access().selection().start()).isEqualTo(code.offset());
        assertThat(hex().access().selection().length()).isEqualTo(code.size());
        onUi(() -> file.open(new Location.FileBytes(module(0), 0, 4)));
        assertThat(hex().access().selection().length()).isEqualTo(4);
    }

    private void open(String sample) {
        onUi(() -> workspace.openSample(sample));
        until(() -> !workspace.modules().isEmpty()
                && module(0).sessionStateProperty().get() instanceof SessionState.Open);
        settle();
    }

    private ModuleDocument module(int index) {
        return workspace.modules().get(index);
    }

    private HexView hex() {
        return robot.lookup("#file-bytes").queryAs(HexView.class);
    }

    private List<String> shownRows() {
        TreeView<?> tree = robot.lookup("#modules-tree").queryAs(TreeView.class);
        var rows = new ArrayList<String>();
        for (var i = 0; i < tree.getExpandedItemCount(); i++) {
            if (tree.getTreeItem(i).getValue() instanceof Entry entry) {
                rows.add(entry.title());
            }
        }
        return rows;
    }

    private String clipboard() {
        var text = new ArrayList<String>();
        onUi(() -> text.add(
                Objects.requireNonNullElse(Clipboard.getSystemClipboard().getString(), "")));
        return text.getFirst();
    }

    private static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    20,
                    TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
        } catch (TimeoutException e) {
            throw new AssertionError("Waited in vain.", e);
        }
    }
}
