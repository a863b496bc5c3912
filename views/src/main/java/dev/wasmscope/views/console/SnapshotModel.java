package dev.wasmscope.views.console;

import dev.wasmscope.engine.platform.AtomicFiles;
import dev.wasmscope.engine.redis.wasm.InspectedRedis;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.Work;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/// The data of the Redis in Wasm that the console talks to, as .rdb files of this machine. UI thread only.
final class SnapshotModel {
    private final Background background;
    private final ConsoleConnection connection;
    private final EntryLog entries;
    private final BooleanBinding available;

    SnapshotModel(Background background, ConsoleConnection connection, EntryLog entries) {
        this.background = background;
        this.connection = connection;
        this.entries = entries;
        this.available = Bindings.createBooleanBinding(
                () -> connection.stateProperty().get() instanceof ConnectionState.Connected
                        && connection.inspected().isPresent(),
                connection.stateProperty());
    }

    /// Whether a Redis in Wasm is connected.
    BooleanBinding availableProperty() {
        return available;
    }

    /// Writes all data to a file, which native Redis can load.
    void save(Path file) {
        var redis = redis();
        start(
                "Saving the snapshot " + file.getFileName(),
                progress -> {
                    progress.at(-1, "Redis writes its data");
                    var bytes = redis.dump().get();
                    progress.at(-1, "Writing " + file);
                    AtomicFiles.write(file, bytes);
                    return "Saved all data as %s, %,d bytes. Native Redis loads it as its dump.rdb."
                            .formatted(file, bytes.length);
                },
                "The snapshot could not be saved as %s: ".formatted(file));
    }

    /// Replaces all data by that of a file, of native Redis for example.
    void load(Path file) {
        var redis = redis();
        start(
                "Loading the snapshot " + file.getFileName(),
                progress -> {
                    progress.at(-1, "Reading " + file);
                    var bytes = Files.readAllBytes(file);
                    progress.at(-1, "Redis reads the data");
                    redis.load(bytes).get();
                    return "Loaded %s, %,d bytes, in place of all data.".formatted(file, bytes.length);
                },
                "%s was not loaded: ".formatted(file));
    }

    private InspectedRedis redis() {
        return connection.inspected().orElseThrow();
    }

    private void start(String title, Work<String> work, String otherwise) {
        background.start(title, work, result -> {
            switch (result) {
                case Result.Ok<String>(var sentence) -> entries.note(sentence);
                case Result.Failed<String>(var cause) -> entries.failed(otherwise + reason(cause));
                case Result.Cancelled<String>() -> entries.note(title + " was cancelled.");
            }
        });
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case ExecutionException e when e.getCause() != null -> reason(e.getCause());
            case NoSuchFileException _ -> "there is no such file.";
            case OutOfMemoryError _ -> "it is larger than this program's memory.";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
