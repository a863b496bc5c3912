package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.bundle.Bundle;
import dev.wasmscope.engine.latency.imports.Imports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was in files that somebody opened or dropped: at most one bundle, the rest from other tools.
record OpenedFiles(
        Optional<Measurement> bundle, @Nullable Snapshot run, List<ImportedSeries> imports, String sentence) {
    private static final int ZIP = 'P' << 8 | 'K';

    /// Not on the UI thread.
    ///
    /// @throws IOException with a sentence that names the file
    static OpenedFiles read(List<Path> files) throws IOException {
        var bundles = new ArrayList<Path>();
        var others = new ArrayList<Path>();
        for (var file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no file " + file);
            }
            (isZip(file) ? bundles : others).add(file);
        }
        if (bundles.size() > 1) {
            throw new IOException("one bundle is shown at a time; open " + bundles.getFirst() + " alone");
        }
        var imports = Imports.readAll(others);
        if (bundles.isEmpty()) {
            return new OpenedFiles(Optional.empty(), null, imports, laid(imports));
        }
        var measured = Bundle.read(bundles.getFirst());
        return new OpenedFiles(
                Optional.of(measured),
                measured.first().snapshot(),
                imports,
                "Opened %s%s."
                        .formatted(
                                bundles.getFirst(),
                                imports.isEmpty() ? "" : " with " + imports.size() + " series of other tools"));
    }

    /// The run of the bundle.
    Snapshot snapshot() {
        if (run == null) {
            throw new IllegalStateException("No bundle was opened");
        }
        return run;
    }

    private static String laid(List<ImportedSeries> imports) {
        return imports.size() == 1
                ? "Laid %s over the run: %s"
                        .formatted(
                                imports.getFirst().title(),
                                end(imports.getFirst().note()))
                : "Laid %d series over the run.".formatted(imports.size());
    }

    private static String end(String note) {
        return note.isEmpty() ? "all of it." : note.endsWith(".") ? note : note + ".";
    }

    private static boolean isZip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return (in.read() << 8 | in.read()) == ZIP;
        }
    }
}
