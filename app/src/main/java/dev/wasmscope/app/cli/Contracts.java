package dev.wasmscope.app.cli;

import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.views.background.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the contracts lie that plugins are compiled against.
final class Contracts {
    private Contracts() {}

    /// The jars, or the folders of classes, of engine and views; of JavaFX where it lies in jars of its own, as it does
    /// in a source tree. An installed program has it in its Java.
    static List<Path> paths() {
        var paths = new ArrayList<Path>();
        paths.add(placeOf(Verb.class));
        paths.add(placeOf(Background.class));
        paths.addAll(javaFx(paths.getFirst()));
        return paths;
    }

    private static Path placeOf(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("%s comes from no jar".formatted(type));
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program's own place makes no sense", e);
        }
    }

    private static List<Path> javaFx(Path engine) {
        var folder = engine.resolveSibling("../javafx").normalize();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
