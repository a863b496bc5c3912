package dev.wasmscope.app.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import dev.wasmscope.views.control.WatText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The template of docs/plugins.md, built outside the tree by javac and jar as its script does, and loaded.
class PluginTemplateTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    void templateIsBuiltLoadedAndItsVerbHostsAModule() throws Exception {
        build(home.resolve("plugins/hello.jar"));
        var problems = new ArrayList<String>();
        var choices = PluginChoices.load(home.resolve("plugins.properties"), problems::add);
        choices.choose("hello", true);
        var found = Plugins.find(List.of(new PluginFolder(home.resolve("plugins"), false)), choices, problems);
        assertThat(problems).isEmpty();
        try (var plugin = found.all().getFirst()) {
            assertThat(plugin.brings()).isEqualTo("verb hello, tools in the window");
            assertThat(plugin.toolProviders(problems::add)).hasSize(1);
            assertThat(problems).isEmpty();
            var module =
                    Files.write(home.resolve("said.wasm"), WatText.module("""
                            (module (import "hello" "say" (func $say (param i32 i32)))
                              (memory (export "memory") 1) (data (i32.const 8) "good day")
                              (func (export "greet") (call $say (i32.const 8) (i32.const 8))))
                            """).bytes());
            try (var engine = new HostEngine(Runtimes.builtIn())) {
                var verb = plugin.verbs(() -> engine).getFirst();
                var out = new ByteArrayOutputStream();
                assertThat(verb.run(List.of(module.toString(), "greet"), terminal(out)))
                        .isZero();
                assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("The module says: good day\n");
                assertThat(verb.run(List.of("nowhere.wasm"), terminal(out))).isEqualTo(2);
            }
        }
    }

    private void build(Path jar) throws IOException {
        var template = root().resolve("docs/plugin-template");
        var classes = home.resolve("classes");
        var javac = new ArrayList<>(List.of("--release", "25", "-proc:none", "-d", classes.toString(), "-cp"));
        javac.add(System.getProperty("java.class.path"));
        try (Stream<Path> sources = Files.walk(template.resolve("src"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> javac.add(file.toString()));
        }
        run("javac", javac);
        Files.createDirectories(jar.getParent());
        run(
                "jar",
                List.of(
                        "--create",
                        "--file",
                        jar.toString(),
                        "-C",
                        classes.toString(),
                        ".",
                        "-C",
                        template.resolve("resources").toString(),
                        "."));
    }

    private static void run(String tool, List<String> arguments) {
        var said = new ByteArrayOutputStream();
        var writer = new PrintWriter(said, true, StandardCharsets.UTF_8);
        var code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /// Of the source tree: tests run in a module's folder.
    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("docs/plugin-template"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError("There is no docs/plugin-template above the working directory");
        }
        return folder;
    }

    private static Verb.Terminal terminal(ByteArrayOutputStream out) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Verb.Terminal(new ByteArrayInputStream(new byte[0]), stream, stream);
    }
}
