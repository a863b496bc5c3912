package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Which plugins the user switched on or off: `plugins.properties` beside the settings, read by every verb, hence no
/// JSON. Plugins of the program are on from the start; others run with the user's rights, so the user says so first.
public final class PluginChoices {
    private static final String ON = "on";
    private static final String OFF = "off";

    private final Path file;
    private final TreeMap<String, String> chosen = new TreeMap<>();

    private PluginChoices(Path file) {
        this.file = file;
    }

    /// A file that makes no sense is no reason not to start: what the program brings is on, nothing else.
    ///
    /// @param problems a sentence where it cannot be read
    public static PluginChoices load(Path file, Consumer<String> problems) {
        var choices = new PluginChoices(file);
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            for (var id : properties.stringPropertyNames()) {
                var value = properties.getProperty(id).strip();
                if (!value.equals(ON) && !value.equals(OFF)) {
                    problems.accept("%s says %s=%s, and a plugin is either on or off: it is left as it was."
                            .formatted(file, id, value));
                } else {
                    choices.chosen.put(id, value);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was chosen yet.
        } catch (IOException | IllegalArgumentException e) {
            problems.accept(
                    "%s cannot be read, so only the plugins of the program are on: %s".formatted(file, e.getMessage()));
        }
        return choices;
    }

    public synchronized boolean on(String id, boolean bundled) {
        var said = chosen.get(id);
        return said == null ? bundled : said.equals(ON);
    }

    /// Whether the user has said anything about it.
    public synchronized boolean decided(String id) {
        return chosen.containsKey(id);
    }

    /// Writes the file.
    public synchronized void choose(String id, boolean on) throws IOException {
        chosen.put(id, on ? ON : OFF);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("# Plugins of Wasmscope that are on or off; a plugin runs with your rights.\n"
                .getBytes(StandardCharsets.UTF_8));
        chosen.forEach((key, value) -> bytes.writeBytes((key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        AtomicFiles.write(file, bytes.toByteArray());
    }
}
