package dev.wasmscope.views.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.hex.Selection;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.OpenModules;
import dev.wasmscope.views.workspace.Validation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    private final OpenModules open = new OpenModules();
    private final TestWorkbench workbench = TestWorkbench.of(open);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void importsAndExportsFollowTheActiveModule() {
        var links = new LinksViewModel(open.workspace, workbench);
        assertThat(links.rows()).isEmpty();
        var callback = open.running("callback");
        assertThat(links.rows())
                .extracting(Link::direction, Link::module, Link::name, Link::type)
                .startsWith(tuple(Link.Direction.IMPORT, "host", "transform", "(i32 i32) → i32"));
        open.workspace.activate(open.running("fib"));
        assertThat(links.rows()).extracting(Link::name).contains("fib").doesNotContain("transform");
        open.workspace.close(open.running("fib"));
        open.workspace.activate(callback);
        assertThat(links.rows()).extracting(Link::name).contains("transform");
    }

    @Test
    void tableNarrowsByDirectionAndWordsAndCopiesAsTsv() {
        var links = new LinksViewModel(open.workspace, workbench);
        open.running("callback");
        var all = links.rows().size();
        links.shownProperty().set(LinksViewModel.Shown.IMPORTS);
        assertThat(links.rows()).hasSize(1);
        assertThat(links.countText()).isEqualTo("1 of " + all);
        assertThat(links.text(links.rows())).isEqualTo("""
                        direction\tmodule\tname\tkind\tindex\ttype
                        import\thost\ttransform\tfunction\t0\t(i32 i32) → i32
                        """);
        links.shownProperty().set(LinksViewModel.Shown.ALL);
        links.filterProperty().set("FUNCTION each");
        assertThat(links.rows()).extracting(Link::name).containsExactly("for_each");
        links.open(links.rows().getFirst());
        assertThat(workbench.locations).last().isInstanceOf(Location.Export.class);
    }

    @Test
    void importLeadsToItsRowAlsoWhereTheFilterHidesIt() {
        var links = new LinksViewModel(open.workspace, workbench);
        var callback = open.running("callback");
        links.filterProperty().set("for_each");
        links.shownProperty().set(LinksViewModel.Shown.EXPORTS);
        var place = Places.of(new Entry.Import(
                        callback, callback.facts().orElseThrow().imports().getFirst(), false))
                .orElseThrow();
        assertThat(place).isEqualTo(new Location.Import(callback, 0));
        var row = links.reveal(0).orElseThrow();
        assertThat(row.name()).isEqualTo("transform");
        assertThat(links.rows()).contains(row);
        assertThat(links.reveal(1)).describedAs("the first export").isEmpty();
        assertThat(links.reveal(1000)).isEmpty();
    }

    @Test
    void sectionsCoverTheFileAndAreFoundByOffset() {
        var file = new FileViewModel(open.workspace);
        var strings = open.running("strings");
        var rows = List.copyOf(file.sections());
        assertThat(rows.stream().mapToLong(SectionRow::size).sum() + 8)
                .isEqualTo(strings.source().bytes().length);
        assertThat(rows.stream().mapToDouble(SectionRow::share).sum()).isBetween(0.9, 1.0);
        var code = rows.stream().filter(row -> row.id() == 10).findFirst().orElseThrow();
        file.show(code);
        assertThat(file.shownProperty().get()).isEqualTo(new FileViewModel.Span(code.offset(), code.size()));
        assertThat(file.sectionAt(code.offset() + code.size() - 1)).contains(code);
        assertThat(file.text(Selection.of(code.offset(), 2)))
                .startsWith("0x")
                .contains("2 bytes")
                .endsWith("code");
        assertThat(file.text(Selection.at(0))).endsWith("magic and version");
        assertThat(SectionRow.tsv(rows))
                .startsWith("id\tname\toffset\tsize\tshare\n")
                .contains("custom \"name\"");
    }

    @Test
    void placesBeyondTheFileAreCutOff() {
        var file = new FileViewModel(open.workspace);
        var fib = open.running("fib");
        var size = fib.source().bytes().length;
        file.open(new Location.FileBytes(fib, size - 2, 100));
        assertThat(file.shownProperty().get()).isEqualTo(new FileViewModel.Span(size - 2, 2));
        file.open(new Location.FileBytes(fib, Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(file.shownProperty().get()).isEqualTo(new FileViewModel.Span(size - 1, 1));
    }

    @Test
    void malformedFileShowsTheByteWhereItBreaks() throws Exception {
        var bytes = open.samples.open("fib").bytes().clone();
        bytes[8] = 99;
        var file = new FileViewModel(open.workspace);
        open.file(Files.write(folder.resolve("broken.wasm"), bytes));
        assertThat(file.sections()).isEmpty();
        assertThat(file.whyEmpty()).contains("0x8");
        assertThat(file.shownProperty().get()).isEqualTo(new FileViewModel.Span(8, 0));
        assertThat(file.bytesProperty().get().size()).isEqualTo(bytes.length);
    }

    @Test
    void factsTellValidityStateStubsAndMakers() throws Exception {
        var facts = new FactsViewModel(open.workspace);
        assertThat(facts.groupsProperty().get()).isEmpty();
        var alone = open.file(Files.write(
                folder.resolve("alone.wasm"), open.samples.open("callback").bytes()));
        open.ui.until("running", () -> alone.sessionProperty().get() != null);
        open.ui.until("validated", () -> alone.validationProperty().get() instanceof Validation.Valid);
        open.ui.until("looked through", () -> alone.featuresProperty().get().isPresent());
        assertThat(facts.text())
                .contains("Validation\tvalid", "State\trunning", "Stubbed\thost.transform", "Used\tWasm 1.0 only");
        open.running("sha256");
        assertThat(facts.text()).contains("processed-by\t").contains("Target\t");
    }

    @Test
    void factsOfAMalformedModuleSayWhereItBreaks() throws Exception {
        var facts = new FactsViewModel(open.workspace);
        open.file(Files.write(folder.resolve("no.wasm"), new byte[] {1, 2, 3, 4, 5}));
        assertThat(facts.groupsProperty().get())
                .singleElement()
                .satisfies(group -> assertThat(group.lines()).anySatisfy(line -> {
                    assertThat(line.tone()).isEqualTo(FactLine.Tone.BAD);
                    assertThat(line.value()).contains("0x0");
                }));
    }
}
