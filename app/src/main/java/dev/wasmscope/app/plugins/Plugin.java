package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.views.spi.ToolProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// One plugin whose description was checked. Its classes are loaded when they are first asked for.
public final class Plugin implements AutoCloseable {
    private final PluginDescription description;
    private final Path jar;
    private final PluginClassLoader loader;

    Plugin(PluginDescription description, Path jar, PluginClassLoader loader) {
        this.description = description;
        this.jar = jar;
        this.loader = loader;
    }

    public String id() {
        return description.id();
    }

    public String name() {
        return description.name();
    }

    public String version() {
        return description.version();
    }

    public Path jar() {
        return jar;
    }

    /// Loads no JavaFX class.
    ///
    /// @param problems a sentence for each provider that cannot be made
    public List<Verb> verbs(Consumer<String> problems) {
        return services(Verb.class, problems);
    }

    /// @param problems a sentence for each provider that cannot be made
    public List<ToolProvider> toolProviders(Consumer<String> problems) {
        return services(ToolProvider.class, problems);
    }

    private <T> List<T> services(Class<T> contract, Consumer<String> problems) {
        var found = new ArrayList<T>();
        try {
            var providers = ServiceLoader.load(contract, loader).iterator();
            while (providers.hasNext()) {
                found.add(providers.next());
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            // Whatever foreign code throws, the program and the other plugins go on.
            problems.accept(
                    "The plugin %s (%s) has a part that cannot be loaded: %s".formatted(name(), jar.getFileName(), e));
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
