package dev.wasmscope.app.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder in which plugins lie: jars, and folders `NAME` with `NAME.jar` and the libraries that it needs beside it.
///
/// @param bundled plugins that came with the program
public record PluginFolder(Path path, boolean bundled) {
    /// @param libraries jars, by name
    record Candidate(Path jar, List<Path> libraries) {}

    /// By name.
    ///
    /// @param problems sentences for the user
    List<Candidate> candidates(List<String> problems) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        var found = new ArrayList<Candidate>();
        for (var entry : list(path, problems)) {
            if (isJar(entry)) {
                found.add(new Candidate(entry, List.of()));
            } else if (Files.isDirectory(entry)) {
                var jar = entry.resolve(entry.getFileName() + ".jar");
                if (Files.isRegularFile(jar)) {
                    var libraries = list(entry, problems).stream()
                            .filter(file -> isJar(file) && !file.equals(jar))
                            .toList();
                    found.add(new Candidate(jar, libraries));
                } else {
                    problems.add(
                            "The plugin %s was skipped: a folder's plugin is the jar of the same name, and there is no %s."
                                    .formatted(entry, jar.getFileName()));
                }
            }
        }
        return found;
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar") && !Files.isDirectory(file);
    }

    private static List<Path> list(Path folder, List<String> problems) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add("The plugins in %s cannot be listed: %s".formatted(folder, e.getMessage()));
            return List.of();
        }
    }
}
