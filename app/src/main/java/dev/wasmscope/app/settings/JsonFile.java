package dev.wasmscope.app.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A small JSON file that is whole or set aside, never a reason not to start.
public final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /// Larger than any settings or layout; a file beyond it is not one of ours.
    private static final long MOST = 4L << 20;

    private final Path path;

    public JsonFile(Path path) {
        this.path = path;
    }

    /// Turns the file's contents into a value.
    ///
    /// @param <T> what the file holds
    @FunctionalInterface
    public interface Reader<T> {
        /// @throws IllegalArgumentException naming the field that makes no sense
        T read(JsonNode root);
    }

    /// How reading went.
    public sealed interface Loaded<T> {
        record Value<T>(T value) implements Loaded<T> {}

        record Absent<T>() implements Loaded<T> {}

        /// @param report a sentence for the user that names both files
        record SetAside<T>(String report) implements Loaded<T> {}
    }

    /// Reads the file; one that cannot be understood is renamed, so that the next write does not destroy it.
    public <T> Loaded<T> load(Reader<T> reader) {
        try {
            if (Files.size(path) > MOST) {
                return setAside("it is larger than any file of this kind");
            }
            return new Loaded.Value<>(reader.read(JSON.readTree(Files.readAllBytes(path))));
        } catch (NoSuchFileException e) {
            return new Loaded.Absent<>();
        } catch (JsonProcessingException e) {
            return setAside(e.getOriginalMessage());
        } catch (IOException e) {
            return new Loaded.SetAside<>(
                    "%s cannot be read (%s); starting with the usual values.".formatted(path, e.getMessage()));
        } catch (IllegalArgumentException e) {
            return setAside(String.valueOf(e.getMessage()));
        }
    }

    /// @throws IOException when the disk says no; the old contents stand then
    public void save(JsonNode root) throws IOException {
        AtomicFiles.write(path, JSON.writeValueAsBytes(root));
    }

    private <T> Loaded<T> setAside(String reason) {
        var aside = path.resolveSibling(path.getFileName() + ".unreadable");
        try {
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            return new Loaded.SetAside<>(
                    "%s could not be understood: %s. It was set aside as %s, and the usual values apply."
                            .formatted(path, reason, aside.getFileName()));
        } catch (IOException e) {
            return new Loaded.SetAside<>(
                    "%s could not be understood: %s. The usual values apply.".formatted(path, reason));
        }
    }
}
