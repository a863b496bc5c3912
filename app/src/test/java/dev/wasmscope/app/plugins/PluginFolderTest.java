package dev.wasmscope.app.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
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
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plugins that are compiled here, as strangers would: with the contracts on the class path and nothing else of ours.
class PluginFolderTest {
    private static final String GREETING = """
            package lib;
            public class Greeting { public static String text() { return "greetings from the library"; } }
            """;
    private static final String GREETER = """
            package mine;
            import dev.wasmscope.engine.spi.*;
            import java.util.List;
            public class Greeter implements VerbProvider {
                public List<Verb> verbs(Engine engine) {
                    return List.of(new Verb() {
                        public String name() { return "greet"; }
                        public String summary() { return "Greet."; }
                        public int run(List<String> arguments, Terminal terminal) {
                            terminal.out().println(lib.Greeting.text() + " " + engine.runtimes().size()
                                + " " + Thread.currentThread().getContextClassLoader().getName());
                            return 0;
                        }
                    });
                }
            }
            """;
    private static final String PROVIDER = "META-INF/services/dev.wasmscope.engine.spi.VerbProvider";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    void folderHoldsAPluginWithItsLibraries() throws Exception {
        greeter("greeter", "greeter.jar");
        var verb = verb(find(), "greet");
        assertThat(verb.summary()).isEqualTo("Greet people.");
        assertThat(verb.run(List.of(), terminal())).isZero();
        assertThat(text()).isEqualTo("greetings from the library 2 plugin-greeter\n");
    }

    @Test
    void listingVerbsOpensNoLibraryAndLoadsNoClass() throws Exception {
        greeter("greeter", "greeter.jar");
        Files.writeString(plugins().resolve("greeter/broken-library.jar"), "this is no jar");
        var found = find();
        assertThat(found.problems()).isEmpty();
        try (var plugin = found.all().getFirst()) {
            assertThat(plugin.verbs(PluginFolderTest::noEngine))
                    .singleElement()
                    .satisfies(verb -> assertThat(verb.name()).isEqualTo("greet"));
            assertThat(plugin.brings()).isEqualTo("verb greet");
            assertThat(openFiles()).noneMatch(file -> file.contains("lib.jar"));
        }
    }

    @Test
    void folderWithoutTheJarOfItsNameIsReported() throws Exception {
        greeter("greeter", "other.jar");
        var found = find();
        assertThat(found.all()).isEmpty();
        assertThat(found.problems()).singleElement().asString().contains("there is no greeter.jar");
    }

    @Test
    void constructorThatThrowsMissingLibraryAndFailingVerbAreReported() throws Exception {
        plugin(
                "a",
                Map.of(
                        "mine.Bad",
                        "public class Bad implements Verb { public Bad() { throw new IllegalStateException(\"no luck\"); }"
                                + named("bad") + "}"),
                "mine.Bad",
                "bad");
        greeter("greeter", "greeter.jar");
        Files.delete(plugins().resolve("greeter/lib.jar"));
        plugin(
                "c",
                Map.of("mine.Thrower", "public class Thrower implements Verb { " + named("throwing") + "}"),
                "mine.Thrower",
                "throwing");
        plugin(
                "d",
                Map.of("mine.Liar", "public class Liar implements Verb { " + named("other") + "}"),
                "mine.Liar",
                "promised");
        var found = find();
        assertThat(found.problems()).isEmpty();
        assertThat(found.all()).hasSize(4);
        assertThat(verb(found, "bad").run(List.of(), terminal())).isOne();
        assertThat(text())
                .contains(
                        "The plugin a (a.jar) has a part that cannot be loaded: java.lang.IllegalStateException: no luck");
        assertThat(verb(found, "greet").run(List.of(), terminal())).isOne();
        assertThat(text())
                .contains("The verb greet of the plugin greeter failed: java.lang.NoClassDefFoundError: lib/Greeting");
        assertThat(verb(found, "throwing").run(List.of(), terminal())).isOne();
        assertThat(text())
                .contains("The verb throwing of the plugin c failed: java.lang.UnsupportedOperationException: not yet");
        assertThat(verb(found, "promised").run(List.of(), terminal())).isOne();
        assertThat(text()).contains("announces the verb promised, and does not bring it");
    }

    @Test
    void descriptionWithABadVerbIsReported() throws Exception {
        var jar = plugins().resolve("bad.jar");
        Files.createDirectories(plugins());
        zip(jar, Map.of(PluginDescription.ENTRY, bytes("id=bad\nname=Bad\nversion=1\napi=1\nverb.Not\\ Good=x\n")));
        assertThat(find().problems()).singleElement().asString().contains("verb.Not Good is not a verb's name");
    }

    @Test
    void pluginOfTheUserIsOffUntilTheUserSaysSo() throws Exception {
        greeter("greeter", "greeter.jar");
        var problems = new ArrayList<String>();
        var file = home.resolve("plugins.properties");
        var choices = PluginChoices.load(file, problems::add);
        var found = Plugins.find(List.of(new PluginFolder(plugins(), false)), choices, problems);
        assertThat(found.all()).isEmpty();
        assertThat(found.fresh()).extracting(Plugin::id).containsExactly("greeter");
        assertThat(found.offVerbs()).containsOnlyKeys("greet");
        choices.choose("greeter", true);
        var again = PluginChoices.load(file, problems::add);
        var next = Plugins.find(List.of(new PluginFolder(plugins(), false)), again, problems);
        assertThat(next.all()).extracting(Plugin::id).containsExactly("greeter");
        again.choose("greeter", false);
        var last = Plugins.find(
                List.of(new PluginFolder(plugins(), true)), PluginChoices.load(file, problems::add), problems);
        assertThat(last.all()).isEmpty();
        assertThat(last.fresh()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void choicesThatMakeNoSenseAreReportedAndKeepNobodyFromStarting() throws Exception {
        var file = home.resolve("plugins.properties");
        Files.writeString(file, "one=on\ntwo=perhaps\n");
        var problems = new ArrayList<String>();
        var choices = PluginChoices.load(file, problems::add);
        assertThat(choices.on("one", false)).isTrue();
        assertThat(choices.on("two", true)).isTrue();
        assertThat(problems).singleElement().asString().contains("two=perhaps");
        Files.writeString(file, "x=\\uZZZZ");
        assertThat(PluginChoices.load(file, problems::add).on("x", false)).isFalse();
        assertThat(problems).hasSize(2);
    }

    // ---- making plugins

    private static String named(String verb) {
        return "public String name() { return \"" + verb + "\"; } public String summary() { return \"s\"; }"
                + " public int run(java.util.List<String> a, Terminal t) { throw new UnsupportedOperationException(\"not yet\"); }";
    }

    private void greeter(String folder, String jar) throws Exception {
        var into = plugins().resolve(folder);
        var classes = compile(Map.of("lib.Greeting", GREETING, "mine.Greeter", GREETER));
        var library = new TreeMap<String, byte[]>();
        library.put("lib/Greeting.class", classes.get("lib/Greeting.class"));
        Files.createDirectories(into);
        zip(into.resolve("lib.jar"), library);
        classes.remove("lib/Greeting.class");
        classes.put(
                PluginDescription.ENTRY,
                bytes("id=greeter\nname=greeter\nversion=1\napi=1\nverb.greet=Greet people.\n"));
        classes.put(PROVIDER, bytes("# ours\nmine.Greeter\n"));
        zip(into.resolve(jar), classes);
    }

    private void plugin(String id, Map<String, String> sources, String provider, String verb) throws Exception {
        var classes = compile(new TreeMap<>(Map.of(
                sources.keySet().iterator().next(),
                "package mine; import dev.wasmscope.engine.spi.*; "
                        + sources.values().iterator().next())));
        classes.put(
                PluginDescription.ENTRY,
                bytes("id=%s\nname=%s\nversion=1\napi=1\nverb.%s=It does.\n".formatted(id, id, verb)));
        classes.put("META-INF/services/" + Verb.class.getName(), bytes(provider));
        Files.createDirectories(plugins());
        zip(plugins().resolve(id + ".jar"), classes);
    }

    private Map<String, byte[]> compile(Map<String, String> sources) throws IOException {
        var from = Files.createTempDirectory(home, "source");
        var to = Files.createTempDirectory(home, "classes");
        var arguments = new ArrayList<>(
                List.of("-proc:none", "-d", to.toString(), "-cp", System.getProperty("java.class.path")));
        for (var source : sources.entrySet()) {
            var file = from.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        var found = new TreeMap<String, byte[]>();
        try (Stream<Path> files = Files.walk(to)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                found.put(to.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private Path plugins() {
        return home.resolve("plugins");
    }

    private Plugins find() {
        var problems = new ArrayList<String>();
        var choices = PluginChoices.load(home.resolve("plugins.properties"), problems::add);
        return Plugins.find(List.of(new PluginFolder(plugins(), true)), choices, problems);
    }

    private static Verb verb(Plugins plugins, String name) {
        return plugins.all().stream()
                .flatMap(plugin -> plugin.verbs(() -> new HostEngine(Runtimes.builtIn())).stream())
                .filter(verb -> verb.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Engine noEngine() {
        throw new AssertionError("No engine is needed to list verbs");
    }

    /// What this process has open, where the system tells.
    private static List<String> openFiles() throws IOException {
        var descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        var names = new ArrayList<String>();
        try (Stream<Path> files = Files.list(descriptors)) {
            files.forEach(file -> {
                try {
                    names.add(Files.readSymbolicLink(file).toString());
                } catch (IOException e) {
                    // Closed meanwhile.
                }
            });
        }
        return names;
    }

    private Verb.Terminal terminal() {
        return new Verb.Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
