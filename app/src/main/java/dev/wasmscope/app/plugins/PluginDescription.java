package dev.wasmscope.app.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// What a plugin says of itself in `META-INF/wasmscope-plugin.properties`, read before any of its classes.
///
/// @param id lower case, unique among plugins: `strings`
/// @param api the level of the contracts it was built for
record PluginDescription(String id, String name, String version, int api) {
    /// The level of `engine.spi` and `views.spi` in this program.
    static final int API = 1;

    static final String ENTRY = "META-INF/wasmscope-plugin.properties";

    private static final int LARGEST = 64 << 10;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int LONGEST = 80;

    /// @throws PluginException with what is missing or wrong
    static PluginDescription read(Path jar) throws PluginException {
        var properties = new Properties();
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.getEntry(ENTRY);
            if (entry == null) {
                throw new PluginException("it has no " + ENTRY);
            }
            try (var in = zip.getInputStream(entry)) {
                var bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new PluginException(ENTRY + " is larger than 64 KiB");
                }
                properties.load(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new PluginException("it cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new PluginException(ENTRY + " is malformed: " + e.getMessage(), e);
        }
        return of(properties);
    }

    static PluginDescription of(Properties properties) throws PluginException {
        var id = text(properties, "id");
        if (!ID.matcher(id).matches()) {
            throw new PluginException("its id \"%s\" is not made of lower-case letters, digits and -".formatted(id));
        }
        return new PluginDescription(id, text(properties, "name"), text(properties, "version"), api(properties));
    }

    private static int api(Properties properties) throws PluginException {
        var level = text(properties, "api");
        if (!level.equals(String.valueOf(API))) {
            throw new PluginException("it was made for API level %s, this program has level %d".formatted(level, API));
        }
        return API;
    }

    private static String text(Properties properties, String key) throws PluginException {
        var value = properties.getProperty(key, "").strip();
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new PluginException("its %s is %s".formatted(key, value.isEmpty() ? "missing" : "too long"));
        }
        return value;
    }
}
