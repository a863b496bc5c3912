package dev.wasmscope.views.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.explorer.Entry.Kind;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.OpenModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesViewModelTest {
    private final OpenModules open = new OpenModules();
    private final TestWorkbench workbench = TestWorkbench.of(open);
    private final List<Entry.Sample> samples = open.samples.samples().stream()
            .map(sample -> new Entry.Sample(sample.name(), sample.title(), sample.description()))
            .toList();
    private final ModulesViewModel model = new ModulesViewModel(open.workspace, workbench, samples);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void groupsHaveCountsAndExportsTheirSignatures() {
        var strings = open.running("strings");
        assertThat(titles(new Entry.Module(strings))).startsWith("Exports 8", "Functions 5", "Memories 1", "Globals 4");
        assertThat(titles(group(strings, Kind.EXPORTS)))
                .contains("memory 1..16 pages", "upper (i32 i32)", "greet (i32 i32) → (i32 i32)");
        assertThat(titles(group(strings, Kind.DATA)).getFirst())
                .contains("0x20")
                .contains("27 B");
    }

    @Test
    void severalImportsOfOneModuleStandBelowItsName() {
        var user = open.sample("link-b");
        assertThat(model.children(group(user, Kind.IMPORTS)))
                .singleElement()
                .isEqualTo(new Entry.ImportModule(user, "link-a", 3));
        assertThat(titles(new Entry.ImportModule(user, "link-a", 3)))
                .containsExactly("link-a.scale (i32 i32) → i32", "link-a.remember (i32)", "link-a.recall () → i32");
        assertThat(titles(group(open.sample("callback"), Kind.IMPORTS)))
                .containsExactly("host.transform (i32 i32) → i32");
    }

    @Test
    void functionsOfALargeModuleAreMadeAThousandAtATime() {
        var large = large(2_500);
        var ranges = model.children(group(large, Kind.FUNCTIONS));
        assertThat(ranges).extracting(Entry::title).containsExactly("0 – 999", "1,000 – 1,999", "2,000 – 2,499");
        assertThat(model.children(ranges.get(2)))
                .hasSize(500)
                .first()
                .extracting(Entry::title)
                .isEqualTo("func[2000]");
    }

    @Test
    void filterKeepsWhatContainsAllItsWordsInAnyCase() {
        open.running("strings");
        model.filterProperty().set("UPP i32");
        assertThat(flat(model.matches().orElseThrow()))
                .contains("strings.wasm", "Exports", "upper")
                .doesNotContain("reverse", "memory");
        model.filterProperty().set("no such thing");
        assertThat(model.matches()).contains(List.of());
        model.filterProperty().set("  ");
        assertThat(model.matches()).isEmpty();
    }

    @Test
    void filterFindsSamplesThatAreNotOpen() {
        model.filterProperty().set("fibo");
        assertThat(flat(model.matches().orElseThrow())).containsExactly("Samples", "Fibonacci");
    }

    @Test
    void filterOverALargeModuleShowsSomeAndCountsTheRest() {
        large(2_500);
        model.filterProperty().set("func[");
        var found = flat(model.matches().orElseThrow());
        assertThat(found).hasSize(2 + Matches.MOST + 1).last().asString().startsWith("2,200 more");
        model.filterProperty().set("func[2499]");
        assertThat(flat(model.matches().orElseThrow())).last().isEqualTo("func[2499]");
    }

    @Test
    void enterLeadsToCodeMemoryInvokeAndFile() {
        var strings = open.running("strings");
        assertThat(opened(named(strings, Kind.EXPORTS, "upper"))).isEqualTo(new Location.Export(strings, "upper"));
        assertThat(opened(named(strings, Kind.FUNCTIONS, "reverse")))
                .isInstanceOfSatisfying(
                        Location.Function.class,
                        place -> assertThat(strings.facts()
                                        .orElseThrow()
                                        .functions()
                                        .get(place.index())
                                        .name())
                                .isEqualTo("reverse"));
        assertThat(opened(named(strings, Kind.EXPORTS, "memory"))).isEqualTo(new Location.Memory(strings, 0, 0, 0));
        assertThat(opened(named(strings, Kind.EXPORTS, "text")))
                .as("a constant i32 is taken for an address")
                .isEqualTo(new Location.Memory(strings, 0, 0x20, 0));
        assertThat(opened(named(strings, Kind.DATA, "sentence"))).isEqualTo(new Location.Memory(strings, 0, 0x20, 27));
        assertThat(opened(named(strings, Kind.CUSTOM, "name"))).isInstanceOf(Location.FileBytes.class);
    }

    @Test
    void brokenModuleHasItsReasonAndOpensWhereItBreaks() throws Exception {
        var bytes = open.samples.open("fib").bytes().clone();
        bytes[8] = 99;
        var broken = open.file(Files.write(folder.resolve("broken.wasm"), bytes));
        var row = new Entry.Module(broken);
        assertThat(row.broken()).isTrue();
        var reason = model.children(row).getFirst();
        assertThat(reason.title()).contains("99").contains("0x8");
        assertThat(opened(reason)).isEqualTo(new Location.FileBytes(broken, 8, 0));
        assertThat(model.actions(row))
                .extracting(ModulesViewModel.Action::title)
                .contains("Close");
    }

    @Test
    void selectingARowActivatesItsModuleAndDeleteClosesOnlyModules() {
        var fib = open.running("fib");
        var add = open.running("add");
        var row = named(fib, Kind.EXPORTS, "fib");
        model.select(row);
        assertThat(open.workspace.activeProperty().get()).isSameAs(fib);
        model.close(row);
        assertThat(open.workspace.modules()).containsExactly(fib, add);
        model.close(new Entry.Module(fib));
        assertThat(open.workspace.modules()).containsExactly(add);
    }

    @Test
    void sampleOpensByEnterAndFailedStartIsARow() {
        model.open(samples.stream()
                .filter(s -> s.name().equals("loops-start"))
                .findFirst()
                .orElseThrow());
        var loops = open.sample("loops-start");
        open.ui.until(
                "it was stopped", () -> model.children(new Entry.Module(loops)).getFirst() instanceof Entry.Problem);
        assertThat(model.children(new Entry.Module(loops)).getFirst().title()).endsWith(".");
    }

    @Test
    void menuOffersToLinkImportsToOtherModulesAndToUnlinkThem() throws Exception {
        var alone = open.file(Files.write(
                folder.resolve("alone.wasm"), open.samples.open("callback").bytes()));
        var provider = open.running("link-a");
        var actions = model.actions(new Entry.Module(alone));
        var link = actions.stream()
                .filter(a -> a.title().equals("Link \"host\" to link-a.wasm"))
                .findFirst();
        link.orElseThrow().run().run();
        assertThat(alone.links()).containsEntry("host", provider);
        assertThat(model.actions(new Entry.Module(alone)))
                .extracting(ModulesViewModel.Action::title)
                .contains("Unlink \"host\" from link-a.wasm");
    }

    private ModuleDocument large(int functions) {
        var large =
                open.workspace.open(new ModuleSource("large.wasm", Optional.empty(), ManyFunctions.module(functions)));
        open.ui.until("read", () -> large.facts().isPresent());
        return large;
    }

    private Location opened(Entry entry) {
        workbench.locations.clear();
        model.open(entry);
        assertThat(workbench.locations).as("where %s leads", entry.title()).hasSize(1);
        return workbench.locations.getFirst();
    }

    private Entry named(ModuleDocument module, Kind kind, String title) {
        return model.children(group(module, kind)).stream()
                .filter(entry -> entry.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError(title + " is not in " + titles(group(module, kind))));
    }

    private Entry group(ModuleDocument module, Kind kind) {
        return model.children(new Entry.Module(module)).stream()
                .filter(entry -> entry instanceof Entry.Group group && group.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private List<String> titles(Entry parent) {
        return model.children(parent).stream().map(Entry::text).toList();
    }

    private static List<String> flat(List<Matches.Branch> branches) {
        var all = new ArrayList<String>();
        for (var branch : branches) {
            all.add(branch.entry().title());
            all.addAll(flat(branch.children()));
        }
        return all;
    }
}
