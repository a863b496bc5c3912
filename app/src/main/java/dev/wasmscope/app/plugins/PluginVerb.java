package dev.wasmscope.app.plugins;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import java.util.List;
import java.util.function.Supplier;

/// A verb of a plugin that is not loaded before it runs.
record PluginVerb(String name, String summary, Plugin plugin, Supplier<Engine> engine) implements Verb {
    private static final System.Logger LOG = System.getLogger(PluginVerb.class.getName());

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        var made = plugin.makeVerbs(engine.get(), terminal.err()::println).stream()
                .filter(verb -> verb.name().equals(name))
                .findFirst();
        if (made.isEmpty()) {
            terminal.err()
                    .println("The plugin %s (%s) announces the verb %s, and does not bring it."
                            .formatted(plugin.name(), plugin.jar(), name));
            return VerbLine.FAILED;
        }
        try {
            return plugin.within(() -> made.get().run(arguments, terminal));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "The verb " + name, e);
            terminal.err()
                    .println("The verb %s of the plugin %s failed: %s%s".formatted(name, plugin.name(), e, where(e)));
            return VerbLine.FAILED;
        }
    }

    /// For who writes the plugin.
    private static String where(Throwable failure) {
        var trace = failure.getStackTrace();
        return trace.length == 0 ? "" : "\n  at " + trace[0];
    }
}
