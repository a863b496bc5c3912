package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.VerbProvider;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.ToolProvider;
import dev.wasmscope.views.spi.Workbench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One plugin whose description was checked. Its classes are loaded when they are first asked for.
public final class Plugin implements AutoCloseable {
    private final PluginDescription description;
    private final Path jar;
    private final boolean bundled;
    private final PluginClassLoader loader;

    Plugin(PluginDescription description, Path jar, boolean bundled, PluginClassLoader loader) {
        this.description = description;
        this.jar = jar;
        this.bundled = bundled;
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

    /// One line for people; empty where it says nothing of itself.
    public String about() {
        return description.about();
    }

    Set<String> verbNames() {
        return description.verbs().keySet();
    }

    /// What it brings: `verb gateway, tools`.
    public String brings() {
        var parts = new ArrayList<String>();
        if (!description.verbs().isEmpty()) {
            parts.add((description.verbs().size() == 1 ? "verb " : "verbs ")
                    + String.join(", ", description.verbs().keySet()));
        }
        if (description.bringsTools()) {
            parts.add("tools in the window");
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    /// The one with the description, libraries not counted.
    public Path jar() {
        return jar;
    }

    /// Whether it came with the program.
    public boolean bundled() {
        return bundled;
    }

    /// As the description has them: a class of the plugin is loaded when one of them runs.
    ///
    /// @param engine asked when a verb runs
    public List<Verb> verbs(Supplier<Engine> engine) {
        return description.verbs().entrySet().stream()
                .<Verb>map(verb -> new PluginVerb(verb.getKey(), verb.getValue(), this, engine))
                .toList();
    }

    /// Loads the classes of all verbs; none of JavaFX.
    ///
    /// @param problems a sentence for each provider that cannot be made
    List<Verb> makeVerbs(Engine engine, Consumer<String> problems) {
        var verbs = new ArrayList<>(make(Verb.class, problems));
        for (var provider : make(VerbProvider.class, problems)) {
            guarded(problems, () -> verbs.addAll(provider.verbs(engine)));
        }
        return verbs;
    }

    /// @param problems a sentence for each provider that cannot be made
    public List<ToolProvider> toolProviders(Consumer<String> problems) {
        return make(ToolProvider.class, problems);
    }

    public List<Tool> tools(ToolProvider provider, Workbench workbench) {
        return within(() -> provider.tools(workbench));
    }

    private <T> List<T> make(Class<T> contract, Consumer<String> problems) {
        var found = new ArrayList<T>();
        for (var name : description.classes(contract.getName())) {
            guarded(problems, () -> {
                var type = Class.forName(name, true, loader).asSubclass(contract);
                found.add(type.getConstructor().newInstance());
            });
        }
        return found;
    }

    private interface Making {
        void run() throws ReflectiveOperationException;
    }

    private void guarded(Consumer<String> problems, Making making) {
        try {
            within(() -> {
                making.run();
                return true;
            });
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Whatever foreign code throws, the program and the other plugins go on.
            var cause = e instanceof ReflectiveOperationException && e.getCause() != null ? e.getCause() : e;
            problems.accept("The plugin %s (%s) has a part that cannot be loaded: %s"
                    .formatted(name(), jar.getFileName(), cause));
        }
    }

    interface Inside<T, X extends Exception> {
        T run() throws X;
    }

    /// Runs with the plugin's class loader as the thread's own: libraries look for classes there.
    <T, X extends Exception> T within(Inside<T, X> work) throws X {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
