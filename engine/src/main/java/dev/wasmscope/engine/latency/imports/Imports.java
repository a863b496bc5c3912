package dev.wasmscope.engine.latency.imports;

import dev.wasmscope.engine.latency.ImportedSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads files of HdrHistogram (`.hgrm`), memtier_benchmark (`--json-out-file`), redis-benchmark (`--csv`) and
/// redis-cli (`--latency`, with `--latency-history`, on a terminal or not), told apart by what is in them.
public final class Imports {
    private static final int MOST_BYTES = 64 << 20;

    private Imports() {}

    /// With `.hgrm` files in microseconds, as this program writes them.
    public static List<ImportedSeries> readAll(List<Path> files) throws IOException {
        return readAll(files, Unit.US);
    }

    /// @param unit of the values in `.hgrm` files
    /// @throws UnreadableImportException with file, line and value
    public static List<ImportedSeries> readAll(List<Path> files, Unit unit) throws IOException {
        var all = new ArrayList<ImportedSeries>();
        for (var file : files) {
            all.addAll(read(file, unit));
        }
        return all;
    }

    private static List<ImportedSeries> read(Path file, Unit unit) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " has more than " + (MOST_BYTES >> 20) + " MiB, which no such file has.");
        }
        var name = file.getFileName().toString();
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            if (text.isBlank()) {
                throw new UnreadableLine(1, "it is empty");
            }
            if (text.stripLeading().startsWith("{")) {
                return Memtier.read(name, text);
            }
            if (text.stripLeading().startsWith("\"test\"")) {
                return RedisBenchmarkCsv.read(name, text);
            }
            if (text.contains("Percentile") && text.contains("TotalCount")) {
                return List.of(Hgrm.read(name, text, unit));
            }
            return List.of(RedisCliLatency.read(name, text));
        } catch (UnreadableLine e) {
            throw new UnreadableImportException(
                    "%s cannot be imported, line %d: %s.".formatted(file, e.line(), e.getMessage()), e);
        }
    }
}
