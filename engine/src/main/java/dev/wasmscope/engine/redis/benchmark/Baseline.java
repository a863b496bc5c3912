package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The native server that is compared with: one of our own, driven by `redis-benchmark` over TCP, asked over a
/// connection of its own.
final class Baseline implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NativeRedis server;
    private final int port;
    private final RedisClient client;
    private final RedisBenchmarkTool tool;

    private Baseline(NativeRedis server, int port, RedisClient client, RedisBenchmarkTool tool) {
        this.server = server;
        this.port = port;
        this.client = client;
        this.tool = tool;
    }

    /// @throws IOException when a server or the tool is missing; says what to install
    static Baseline start(Directories directories) throws IOException {
        var executable = NativeRedis.program("redis-benchmark")
                .orElseThrow(() -> new IOException(
                        "There is no redis-benchmark on this machine; install Debian's redis-tools and start again."));
        var server = NativeRedis.start(directories);
        try {
            var tcp = server.transport("tcp").orElseThrow();
            var port = Integer.parseInt(tcp.address().substring(tcp.address().lastIndexOf(':') + 1));
            var client = RedisClient.connect(tcp, RedisLogin.NONE, push -> {});
            return new Baseline(server, port, client, new RedisBenchmarkTool(executable, port));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    String title() {
        return server.title();
    }

    String version() {
        return server.version().toString();
    }

    void empty() throws IOException, InterruptedException {
        ask("FLUSHALL");
        ask("CONFIG", "RESETSTAT");
    }

    /// @return requests a second of each test
    List<Double> run(BenchmarkGroup group, int requests) throws IOException, InterruptedException {
        return tool.run(group, requests);
    }

    Map<String, CommandCost> costs() throws IOException, InterruptedException {
        return CommandCost.read(text(ask("INFO", "commandstats")));
    }

    /// On 127.0.0.1.
    int port() {
        return port;
    }

    private RespValue ask(String... words) throws IOException, InterruptedException {
        return client.ask(PATIENCE, words).value();
    }

    private static String text(RespValue value) {
        return switch (value) {
            case RespValue.Bulk(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case RespValue.Verbatim(var _, var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            default -> "";
        };
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
