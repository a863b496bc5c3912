package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.platform.Directories;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plugins that are installed. One that makes no sense is reported and skipped.
///
/// @param all those that are on: the program's own first, each folder by name
/// @param off those that are not; nothing of them is loaded
/// @param problems sentences for the user
/// @param choices what decides between them
public record Plugins(List<Plugin> all, List<Plugin> off, List<String> problems, Optional<PluginChoices> choices) {
    public Plugins {
        all = List.copyOf(all);
        off = List.copyOf(off);
        problems = List.copyOf(problems);
    }

    public static Plugins none() {
        return new Plugins(List.of(), List.of(), List.of(), Optional.empty());
    }

    /// What the user has: the plugins beside the program, and those in the user's own folder.
    public static Plugins ofUser(Directories directories) {
        var problems = new ArrayList<String>();
        var choices = PluginChoices.load(directories.config().resolve("plugins.properties"), problems::add);
        return find(folders(directories), choices, problems);
    }

    /// Where the user puts plugins.
    public static Path folder(Directories directories) {
        return directories.config().resolve("plugins");
    }

    private static List<PluginFolder> folders(Directories directories) {
        var folders = new ArrayList<PluginFolder>();
        try {
            var source = Plugins.class.getProtectionDomain().getCodeSource();
            if (source != null) {
                // target/classes while it is developed, a jar when it is installed: in both cases what lies beside.
                var beside = Path.of(source.getLocation().toURI()).resolveSibling("plugins");
                folders.add(new PluginFolder(beside, true));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program's own place makes no sense", e);
        }
        folders.add(new PluginFolder(folder(directories), false));
        return folders;
    }

    /// Checks the descriptions in all folders; loads no class of a plugin and opens no library.
    static Plugins find(List<PluginFolder> folders, PluginChoices choices, List<String> problems) {
        var found = new LinkedHashMap<String, Plugin>();
        for (var folder : folders) {
            for (var candidate : folder.candidates(problems)) {
                add(candidate, folder.bundled(), found, problems);
            }
        }
        var on = new ArrayList<Plugin>();
        var off = new ArrayList<Plugin>();
        found.values().forEach(plugin -> (choices.on(plugin.id(), plugin.bundled()) ? on : off).add(plugin));
        return new Plugins(on, off, problems, Optional.of(choices));
    }

    private static void add(
            PluginFolder.Candidate candidate, boolean bundled, Map<String, Plugin> found, List<String> problems) {
        var jar = candidate.jar();
        try {
            var description = PluginDescription.read(jar);
            var known = found.get(description.id());
            if (known != null) {
                throw new PluginException("%s has the id %s as well".formatted(known.jar(), description.id()));
            }
            var urls = new ArrayList<URL>();
            urls.add(jar.toUri().toURL());
            for (var library : candidate.libraries()) {
                urls.add(library.toUri().toURL());
            }
            var loader = new PluginClassLoader(description.id(), urls, Plugins.class.getClassLoader());
            found.put(description.id(), new Plugin(description, jar, bundled, loader));
        } catch (PluginException | MalformedURLException e) {
            problems.add("The plugin %s was skipped: %s.".formatted(jar, e.getMessage()));
        }
    }

    /// Those that lie there and about which the user has not decided yet.
    public List<Plugin> fresh() {
        return off.stream()
                .filter(plugin -> choices.isPresent() && !choices.get().decided(plugin.id()))
                .toList();
    }

    /// Verbs of plugins that are off, by name, for whoever asks for one.
    public Map<String, Plugin> offVerbs() {
        var verbs = new LinkedHashMap<String, Plugin>();
        off.forEach(plugin -> plugin.verbNames().forEach(verb -> verbs.putIfAbsent(verb, plugin)));
        return verbs;
    }
}
