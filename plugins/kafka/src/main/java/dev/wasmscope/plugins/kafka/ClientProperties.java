package dev.wasmscope.plugins.kafka;

import java.util.Map;
import java.util.Properties;

/// Settings of Kafka's clients: what was given goes last.
final class ClientProperties {
    private ClientProperties() {}

    static Properties of(RunnerSettings settings, Map<String, String> own) {
        var all = new Properties();
        all.setProperty("bootstrap.servers", settings.bootstrapServers());
        all.setProperty("client.id", "wasmscope-" + settings.group());
        own.forEach(all::setProperty);
        settings.consumer().forEach(all::setProperty);
        return all;
    }
}
