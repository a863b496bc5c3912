package dev.wasmscope.app.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.wasm.HostEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    private static final String GOOD = "id=one\nname=One\nversion=1\napi=1\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void pluginOfTheBuildIsFoundBesideTheProgramAndItsVerbRuns() throws Exception {
        var file = folder.resolve("strings.wasm");
        Files.write(file, SampleCatalogue.load().open("strings").bytes());
        var plugins = Plugins.ofUser(directories());
        assertThat(plugins.problems()).isEmpty();
        assertThat(plugins.all()).extracting(Plugin::id).contains("strings");
        var verb = plugin(plugins, "strings").verbs(PluginsTest::noEngine);
        assertThat(verb.getFirst().run(List.of(file.toString()), terminal())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("0x[0-9a-f]{8} +0x[0-9a-f]{8}  \\S");
    }

    @Test
    void pluginSeesTheContractsAndNothingElseOfTheProgram() throws Exception {
        try (var plugin = plugin(Plugins.ofUser(directories()), "strings")) {
            var loader =
                    plugin.makeVerbs(noEngine(), _ -> {}).getFirst().getClass().getClassLoader();
            assertThat(loader.loadClass("dev.wasmscope.engine.spi.Verb")).isSameAs(Verb.class);
            assertThat(loader.loadClass("javafx.beans.property.Property")).isNotNull();
            for (var hidden : List.of(
                    "dev.wasmscope.engine.binary.ModuleReader",
                    "dev.wasmscope.views.workspace.Workspace",
                    "dev.wasmscope.app.plugins.Plugins",
                    "com.fasterxml.jackson.databind.ObjectMapper")) {
                assertThatThrownBy(() -> loader.loadClass(hidden)).isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @Test
    void badPluginIsReportedAndTheOthersAreFound() throws IOException {
        jar("a-good.jar", Map.of(PluginDescription.ENTRY, GOOD));
        jar("b-twice.jar", Map.of(PluginDescription.ENTRY, GOOD));
        jar("c-silent.jar", Map.of("readme.txt", "nothing"));
        jar(
                "d-future.jar",
                Map.of(PluginDescription.ENTRY, GOOD.replace("api=1", "api=9").replace("id=one", "id=d")));
        jar("e-nameless.jar", Map.of(PluginDescription.ENTRY, "id=e\nversion=1\napi=1\n"));
        jar("f-odd.jar", Map.of(PluginDescription.ENTRY, GOOD.replace("id=one", "id=../evil")));
        jar("g-escape.jar", Map.of(PluginDescription.ENTRY, "id=\\uZZZZ\n"));
        jar("h-huge.jar", Map.of(PluginDescription.ENTRY, "#" + "x".repeat(70_000)));
        Files.writeString(folder.resolve("i-text.jar"), "this is no jar");
        var plugins = find(folder, folder.resolve("missing"));
        assertThat(plugins.all()).extracting(Plugin::id).containsExactly("one");
        assertThat(plugins.problems()).hasSize(8);
        assertProblem(plugins, "b-twice.jar", "has the id one as well");
        assertProblem(plugins, "c-silent.jar", "it has no META-INF/wasmscope-plugin.properties");
        assertProblem(plugins, "d-future.jar", "API level 9, this program has level 1");
        assertProblem(plugins, "e-nameless.jar", "its name is missing");
        assertProblem(plugins, "f-odd.jar", "../evil");
        assertProblem(plugins, "g-escape.jar", "malformed");
        assertProblem(plugins, "h-huge.jar", "larger than 64 KiB");
        assertProblem(plugins, "i-text.jar", "cannot be read");
    }

    @Test
    void providerThatCannotBeMadeIsReported() throws IOException {
        jar(
                "broken.jar",
                Map.of(PluginDescription.ENTRY, GOOD, "META-INF/services/" + Verb.class.getName(), "no.such.Class"));
        var problems = new ArrayList<String>();
        var plugins = find(folder);
        assertThat(plugins.all().getFirst().makeVerbs(noEngine(), problems::add))
                .isEmpty();
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("One (broken.jar)")
                .contains("no.such.Class");
    }

    private static Plugins find(Path... folders) {
        var problems = new ArrayList<String>();
        var choices = PluginChoices.load(folders[0].resolve("plugins.properties"), problems::add);
        return Plugins.find(
                Stream.of(folders).map(path -> new PluginFolder(path, true)).toList(), choices, problems);
    }

    private static Plugin plugin(Plugins plugins, String id) {
        return plugins.all().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// For plugins that bring no host of modules.
    private static Engine noEngine() {
        return new HostEngine(List.of());
    }

    private Verb.Terminal terminal() {
        return new Verb.Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private static void assertProblem(Plugins plugins, String jar, String reason) {
        assertThat(plugins.problems()).anyMatch(problem -> problem.contains(jar) && problem.contains(reason));
    }

    private Directories directories() {
        return new Directories(folder.resolve("config"), folder.resolve("s"), folder.resolve("c"), folder.resolve("r"));
    }

    private void jar(String name, Map<String, String> entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
