package dev.wasmscope.plugins.kafka;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Finds the broker and its libraries: 45 MB in the folder `broker` beside the plugin, opened only when a broker is
/// wanted.
final class BrokerFolder {
    private static final String LAUNCHER = "dev.wasmscope.plugins.kafka.broker.KraftBroker$Launch";

    private BrokerFolder() {}

    /// @throws IOException with a sentence, when the broker is not there
    static Broker.Launcher launcher() throws IOException {
        try {
            return make(loader());
        } catch (ReflectiveOperationException e) {
            throw new IOException("The broker of the Kafka plugin is not installed: its folder broker is missing.", e);
        }
    }

    private static Broker.Launcher make(ClassLoader loader) throws ReflectiveOperationException {
        return Class.forName(LAUNCHER, true, loader)
                .asSubclass(Broker.Launcher.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /// Stays open as long as the program: a broker's threads load classes to their end.
    @SuppressWarnings("resource")
    private static ClassLoader loader() throws IOException {
        var own = BrokerFolder.class.getClassLoader();
        var folder = folder();
        if (!Files.isDirectory(folder)) {
            return own;
        }
        var jars = new ArrayList<URL>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (var file : files) {
                jars.add(file.toUri().toURL());
            }
        }
        return new URLClassLoader("kafka broker", jars.toArray(URL[]::new), own);
    }

    private static Path folder() throws IOException {
        try {
            var plugin = Path.of(BrokerFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return plugin.resolveSibling("broker");
        } catch (URISyntaxException e) {
            throw new IOException("The place of the Kafka plugin is not known.", e);
        }
    }
}
