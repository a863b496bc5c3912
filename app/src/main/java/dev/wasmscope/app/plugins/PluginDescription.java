package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.VerbProvider;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// What a plugin says of itself in `META-INF/wasmscope-plugin.properties`, read before any of its classes. What its
/// verbs are called stands there as well, so that nothing has to be loaded to list them.
///
/// @param id lower case, unique among plugins: `strings`
/// @param about one line for people; empty where it says nothing
/// @param api the level of the contracts it was built for
/// @param verbs name -> summary
/// @param providers contract -> its classes, as `META-INF/services` of the plugin's own jar names them
record PluginDescription(
        String id,
        String name,
        String version,
        String about,
        int api,
        SortedMap<String, String> verbs,
        Map<String, List<String>> providers) {
    /// The level of `engine.spi` and `views.spi` in this program.
    static final int API = 1;

    static final String ENTRY = "META-INF/wasmscope-plugin.properties";

    /// By name: a verb loads no class of the window.
    static final String TOOLS = "dev.wasmscope.views.spi.ToolProvider";

    private static final List<String> CONTRACTS = List.of(Verb.class.getName(), VerbProvider.class.getName(), TOOLS);
    private static final String VERB = "verb.";
    private static final int LARGEST = 64 << 10;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int LONGEST = 80;
    private static final int LONGEST_LINE = 200;

    /// @throws PluginException with what is missing or wrong
    static PluginDescription read(Path jar) throws PluginException {
        try (var zip = new ZipFile(jar.toFile())) {
            var description = text(zip, ENTRY);
            if (description.isEmpty()) {
                throw new PluginException("it has no " + ENTRY);
            }
            var properties = new Properties();
            properties.load(new StringReader(description.get()));
            var providers = new HashMap<String, List<String>>();
            for (var contract : CONTRACTS) {
                providers.put(
                        contract,
                        names(text(zip, "META-INF/services/" + contract).orElse("")));
            }
            return of(properties, providers);
        } catch (IOException e) {
            throw new PluginException("it cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new PluginException(ENTRY + " is malformed: " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(ZipFile zip, String name) throws IOException, PluginException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new PluginException(name + " is larger than 64 KiB");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /// As `ServiceLoader` reads them: one class a line, what follows # is a comment.
    private static List<String> names(String services) {
        return services.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    static PluginDescription of(Properties properties, Map<String, List<String>> providers) throws PluginException {
        var id = text(properties, "id");
        if (!ID.matcher(id).matches()) {
            throw new PluginException("its id \"%s\" is not made of lower-case letters, digits and -".formatted(id));
        }
        var level = api(properties);
        var about = properties.getProperty("about", "").strip();
        if (about.length() > LONGEST_LINE) {
            throw new PluginException("its about is too long");
        }
        return new PluginDescription(
                id,
                text(properties, "name"),
                text(properties, "version"),
                about,
                level,
                verbs(properties),
                Map.copyOf(providers));
    }

    private static SortedMap<String, String> verbs(Properties properties) throws PluginException {
        var verbs = new TreeMap<String, String>();
        for (var key : properties.stringPropertyNames()) {
            if (key.startsWith(VERB)) {
                var name = key.substring(VERB.length());
                var summary = properties.getProperty(key).strip();
                if (!ID.matcher(name).matches() || summary.isEmpty() || summary.length() > LONGEST_LINE) {
                    throw new PluginException("its %s is not a verb's name and summary in one line".formatted(key));
                }
                verbs.put(name, summary);
            }
        }
        return verbs;
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

    boolean bringsTools() {
        return !classes(TOOLS).isEmpty();
    }

    List<String> classes(String contract) {
        return providers.getOrDefault(contract, List.of());
    }
}
