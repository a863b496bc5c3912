package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.platform.Directories;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plugins that are installed. One that makes no sense is reported and skipped.
///
/// @param all by folder, then by name of the jar
/// @param problems sentences for the user
public record Plugins(List<Plugin> all, List<String> problems) {
    public Plugins {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    /// Where plugins are looked for: the user's folder first, then the one beside the program.
    public static List<Path> folders(Directories directories) {
        var folders = new ArrayList<Path>();
        folders.add(directories.config().resolve("plugins"));
        try {
            var source = Plugins.class.getProtectionDomain().getCodeSource();
            if (source != null) {
                // target/classes while it is developed, a jar when it is installed: in both cases what lies beside.
                folders.add(Path.of(source.getLocation().toURI()).resolveSibling("plugins"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program's own place makes no sense", e);
        }
        return folders;
    }

    /// Checks the descriptions in all folders; loads no class of a plugin.
    public static Plugins find(List<Path> folders) {
        var found = new LinkedHashMap<String, Plugin>();
        var problems = new ArrayList<String>();
        for (var folder : folders) {
            for (var jar : jars(folder, problems)) {
                add(jar, found, problems);
            }
        }
        return new Plugins(List.copyOf(found.values()), problems);
    }

    private static List<Path> jars(Path folder, List<String> problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add("The plugins in %s cannot be listed: %s".formatted(folder, e.getMessage()));
            return List.of();
        }
    }

    private static void add(Path jar, Map<String, Plugin> found, List<String> problems) {
        try {
            var description = PluginDescription.read(jar);
            var known = found.get(description.id());
            if (known != null) {
                throw new PluginException("%s has the id %s as well".formatted(known.jar(), description.id()));
            }
            var loader = new PluginClassLoader(description.id(), jar.toUri().toURL(), Plugins.class.getClassLoader());
            found.put(description.id(), new Plugin(description, jar, loader));
        } catch (PluginException | MalformedURLException e) {
            problems.add("The plugin %s was skipped: %s.".formatted(jar, e.getMessage()));
        }
    }
}
