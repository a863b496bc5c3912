package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.plugins.gateway.GatewayOptions;
import dev.wasmscope.plugins.gateway.filter.Filter;
import dev.wasmscope.plugins.gateway.filter.FilterRefusedException;
import dev.wasmscope.plugins.gateway.proxy.Asker;
import dev.wasmscope.plugins.gateway.proxy.DemoServer;
import dev.wasmscope.plugins.gateway.proxy.Gateway;
import dev.wasmscope.plugins.gateway.proxy.Latencies;
import dev.wasmscope.plugins.gateway.proxy.Traffic;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A gateway that runs in the window's process, with a client to try it and, where none was named, a server behind it.
/// Any thread.
final class LiveGateway implements AutoCloseable {
    private final @Nullable DemoServer demo;
    private final Asker asker;
    private final Gateway gateway;
    private final Filter filter;

    private LiveGateway(@Nullable DemoServer demo, Asker asker, Gateway gateway, Filter filter) {
        this.demo = demo;
        this.asker = asker;
        this.gateway = gateway;
        this.filter = filter;
    }

    /// As its fields say, in the words of the command line.
    ///
    /// @param upstream empty for a server of its own
    /// @param parameters `key=value` each
    record Fields(String listen, String upstream, int pool, String timeout, List<String> parameters) {
        List<String> line(String demo) {
            var line = new ArrayList<>(List.of(
                    "--listen",
                    listen,
                    "--upstream",
                    upstream.isBlank() ? demo : upstream.strip(),
                    "--pool",
                    String.valueOf(pool),
                    "--timeout",
                    timeout.replace(" ", "")));
            for (var parameter : parameters) {
                line.add("--param");
                line.add(parameter);
            }
            return line;
        }
    }

    /// What is shown of it at one moment.
    ///
    /// @param address where it listens
    /// @param results runs by their name; that of requests that go on is empty
    record Look(
            URI address,
            Filter.Status filter,
            long requests,
            int underWay,
            long upstreamFailures,
            Map<String, Long> results,
            Latencies.Summary filterTimes,
            Latencies.Summary requestTimes,
            List<Traffic.Passed> recent) {}

    static LiveGateway start(Engine engine, ModuleSource module, Fields fields)
            throws GatewayOptions.UsageException, FilterRefusedException, IOException {
        // Jetty looks for its encoders of HTTP/2 by the thread's class loader: without them answers break off.
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(LiveGateway.class.getClassLoader());
        try {
            return begin(engine, module, fields);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static LiveGateway begin(Engine engine, ModuleSource module, Fields fields)
            throws GatewayOptions.UsageException, FilterRefusedException, IOException {
        var demo = fields.upstream().isBlank() ? new DemoServer() : null;
        try {
            var options = GatewayOptions.of(
                    fields.line(demo == null ? "" : demo.address().toString()));
            var filter = new Filter(engine, module, options.spec().withMemory(MemoryKind.TRACKED), (_, _) -> {});
            var gateway = new Gateway(options.config(), filter, () -> module);
            return new LiveGateway(demo, new Asker(), gateway, filter);
        } catch (GatewayOptions.UsageException | FilterRefusedException | IOException e) {
            if (demo != null) {
                demo.close();
            }
            throw e;
        }
    }

    URI address(String target) {
        var host = gateway.config().listen().getHostString();
        var path = target.isEmpty() || target.startsWith("/") ? target : "/" + target;
        return URI.create(
                "http://%s:%d%s".formatted(host.contains(":") ? "[%s]".formatted(host) : host, gateway.port(), path));
    }

    Asker asker() {
        return asker;
    }

    int swap(ModuleSource module) throws FilterRefusedException {
        return filter.swap(module);
    }

    /// One that waits for work; empty while all are busy.
    Optional<Filter.Look> instance() {
        return filter.looks().stream().findFirst();
    }

    Look look() {
        var traffic = gateway.traffic();
        return new Look(
                address(""),
                filter.status(),
                traffic.requestCount(),
                traffic.underWay(),
                traffic.upstreamFailures(),
                traffic.results(),
                traffic.filter().summary(),
                traffic.requests().summary(),
                traffic.recent());
    }

    @Override
    public void close() {
        gateway.close();
        asker.close();
        if (demo != null) {
            demo.close();
        }
    }
}
