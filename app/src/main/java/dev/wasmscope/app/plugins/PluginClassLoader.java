package dev.wasmscope.app.plugins;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/// The classes of one plugin. Of the program it sees the contracts and nothing else; neither does it see other plugins.
///
/// Jars are opened in the order they are given, and only as far as a class is looked for: the libraries of a plugin
/// whose own jar has the answer stay closed.
final class PluginClassLoader extends URLClassLoader {
    /// Packages with what lies below them: `dev.wasmscope.engine.spi.binary` would be a contract too.
    private static final List<String> SHARED = List.of(
            "dev.wasmscope.engine.spi.", "dev.wasmscope.views.spi.", "dev.wasmscope.views.background.", "javafx.");

    private final ClassLoader program;

    /// @param jars the plugin's own first
    PluginClassLoader(String id, List<URL> jars, ClassLoader program) {
        super("plugin-" + id, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.program = program;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return program.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }
}
