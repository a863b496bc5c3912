package dev.wasmscope.plugins.kafka.broker;

import dev.wasmscope.plugins.kafka.Broker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A broker that is its own controller, in this process, on the loopback interface.
public final class KraftBroker implements Broker {
    private static final String CONTROLLER = "CONTROLLER";

    private final String bootstrapServers;
    private final KafkaRaftServer server;

    /// Found by name: whoever starts one does not see Kafka's broker.
    public static final class Launch implements Launcher {
        public Launch() {}

        @Override
        public Broker start(Path folder, int port) throws IOException {
            return new KraftBroker(folder, port == 0 ? freePort() : port);
        }
    }

    private KraftBroker(Path folder, int port) throws IOException {
        bootstrapServers = "127.0.0.1:" + port;
        var controller = freePort();
        format(folder);
        server = start(settings(folder, port, controller));
    }

    /// Kafka looks for some of its classes by the thread's class loader, which is the program's.
    private KafkaRaftServer start(Map<String, Object> settings) throws IOException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(KraftBroker.class.getClassLoader());
        var made = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            made.startup();
            return made;
        } catch (Exception e) {
            // Scala throws checked exceptions undeclared.
            made.shutdown();
            throw new IOException(
                    "The broker could not be started at %s: %s".formatted(bootstrapServers, e.getMessage()), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void format(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setPrintStream(nowhere)
                    .run();
        } catch (Exception e) {
            throw new IOException("%s could not be made ready for a broker: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static Map<String, Object> settings(Path folder, int port, int controller) {
        var all = new HashMap<String, Object>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        all.put("listeners", "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controller));
        all.put("controller.listener.names", CONTROLLER);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("log.dirs", folder.toString());
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("auto.create.topics.enable", "false");
        all.put("controlled.shutdown.enable", "false");
        for (var topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            all.put(topic + ".replication.factor", "1");
            all.put(topic + ".num.partitions", "1");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("log.cleaner.threads", "1");
        all.put("log.cleaner.dedupe.buffer.size", "2097152");
        all.put("num.network.threads", "1");
        all.put("num.io.threads", "2");
        return all;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
