package dev.wasmscope.app.plugins;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/// The classes of one plugin. Of the program it sees the contracts and nothing else; neither does it see other plugins.
final class PluginClassLoader extends URLClassLoader {
    /// Packages with what lies below them: `dev.wasmscope.engine.spi.binary` would be a contract too.
    private static final List<String> SHARED = List.of(
            "dev.wasmscope.engine.spi.", "dev.wasmscope.views.spi.", "dev.wasmscope.views.background.", "javafx.");

    private final ClassLoader program;

    PluginClassLoader(String id, URL jar, ClassLoader program) {
        super("plugin-" + id, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
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
