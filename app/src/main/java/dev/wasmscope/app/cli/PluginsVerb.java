package dev.wasmscope.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.app.plugins.Plugin;
import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.names.NearestName;
import dev.wasmscope.engine.spi.Verb;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plugins`: which there are; on and off.
final class PluginsVerb implements Verb {
    private static final String RIGHTS =
            "A plugin is code of your choice. It runs with your rights: your files, your network.";

    private final Plugins plugins;
    private final Path folder;

    /// @param folder where the user puts plugins
    PluginsVerb(Plugins plugins, Path folder) {
        this.plugins = plugins;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public String summary() {
        return "List the plugins, switch them on and off.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    private enum Action {
        list,
        enable,
        disable,
        classpath
    }

    @Command
    private final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "ACTION",
                description = "list (usual), enable, disable, or classpath: what a plugin is compiled against.")
        Action action = Action.list;

        @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The plugin to switch.")
        @Nullable
        String id;

        @Option(names = "--json", description = "Write JSON.")
        boolean json;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            if (action == Action.list) {
                if (json) {
                    VerbLine.print(object(), terminal);
                } else {
                    list();
                }
                return VerbLine.DONE;
            }
            if (action == Action.classpath) {
                terminal.out()
                        .println(Contracts.paths().stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator)));
                return VerbLine.DONE;
            }
            if (id == null) {
                terminal.err().println("Name the plugin: wasmscope plugins %s ID".formatted(action));
                return VerbLine.USAGE;
            }
            return choose(id, action == Action.enable);
        }

        private int choose(String wanted, boolean on) throws IOException {
            var known = Stream.concat(plugins.all().stream(), plugins.off().stream())
                    .filter(plugin -> plugin.id().equals(wanted))
                    .findFirst();
            if (known.isEmpty() || plugins.choices().isEmpty()) {
                var ids = Stream.concat(plugins.all().stream(), plugins.off().stream())
                        .map(Plugin::id)
                        .toList();
                terminal.err()
                        .println("There is no plugin %s.%s See: wasmscope plugins"
                                .formatted(wanted, NearestName.question(wanted, ids)));
                return VerbLine.USAGE;
            }
            plugins.choices().get().choose(wanted, on);
            terminal.out()
                    .println("%s is %s from the next start on.%s"
                            .formatted(known.get().name(), on ? "on" : "off", on ? " " + RIGHTS : ""));
            return VerbLine.DONE;
        }

        private void list() {
            if (plugins.all().isEmpty() && plugins.off().isEmpty()) {
                terminal.out().println("No plugin is installed.");
            }
            plugins.all().forEach(plugin -> line(plugin, "on "));
            plugins.off().forEach(plugin -> line(plugin, "off"));
            terminal.out().println();
            terminal.out()
                    .println("Plugins of your own go to %s, and are off until you say: wasmscope plugins enable ID"
                            .formatted(folder));
            terminal.out().println(RIGHTS);
        }

        private void line(Plugin plugin, String state) {
            terminal.out()
                    .println("%s  %s  %s %s: %s"
                            .formatted(state, plugin.id(), plugin.name(), plugin.version(), plugin.brings()));
            if (!plugin.about().isEmpty()) {
                terminal.out().println("     " + plugin.about());
            }
            terminal.out().println("     " + plugin.jar());
        }

        private ObjectNode object() {
            var root = JsonNodeFactory.instance.objectNode();
            root.put("folder", folder.toString());
            var array = root.putArray("plugins");
            plugins.all().forEach(plugin -> array.add(object(plugin, true)));
            plugins.off().forEach(plugin -> array.add(object(plugin, false)));
            var problems = root.putArray("problems");
            plugins.problems().forEach(problems::add);
            return root;
        }

        private static ObjectNode object(Plugin plugin, boolean on) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("id", plugin.id())
                    .put("name", plugin.name())
                    .put("version", plugin.version())
                    .put("about", plugin.about())
                    .put("on", on)
                    .put("bundled", plugin.bundled())
                    .put("brings", plugin.brings())
                    .put("jar", plugin.jar().toString());
        }
    }
}
