package dev.wasmscope.plugins.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wasmscope.engine.spi.metrics.PrometheusPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves the counts of one runner to Prometheus: `GET /metrics`.
final class MetricsPage implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final int QUEUE = 16;

    private final TaskMetrics metrics;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @throws IOException with a sentence, when it cannot listen there
    MetricsPage(InetSocketAddress at, TaskMetrics metrics) throws IOException {
        this.metrics = metrics;
        try {
            server = HttpServer.create(at, QUEUE);
        } catch (IOException e) {
            threads.close();
            throw new IOException(
                    "Metrics cannot be served at %s:%d: %s."
                            .formatted(at.getHostString(), at.getPort(), e.getMessage()),
                    e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        var at = server.getAddress();
        var host = at.getAddress().getHostAddress();
        return "http://%s:%d%s".formatted(host.contains(":") ? "[" + host + "]" : host, at.getPort(), PATH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = exchange.getRequestURI().getPath().equals(PATH);
            var allowed = exchange.getRequestMethod().equals("GET");
            var text = !asked ? "There is /metrics.\n" : !allowed ? "Only GET.\n" : text(metrics.snapshot());
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", asked && allowed ? PrometheusPage.TYPE : "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(!asked ? 404 : allowed ? 200 : 405, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String text(TaskMetrics.Snapshot counts) {
        var page = new PrometheusPage("wasmscope_tasks_")
                .counter("taken_total", "Tasks that came from the brokers.")
                .value("taken_total", counts.taken())
                .counter("processed_total", "Tasks that are through.")
                .value("processed_total", counts.processed())
                .counter("failed_attempts_total", "Attempts that ended otherwise: trap, deadline, exit code.")
                .value("failed_attempts_total", counts.failed())
                .counter("retried_total", "Tasks that were put off after a failed attempt.")
                .value("retried_total", counts.retried())
                .counter("dead_total", "Tasks that were given up.")
                .value("dead_total", counts.dead())
                .histogram("attempt_seconds", "Of one attempt.", counts.atMost(), counts.sumNanos())
                .gauge("behind", "Tasks before the end of a partition that are not committed.");
        counts.lag().forEach((partition, tasks) -> {
            var dash = partition.lastIndexOf('-');
            page.value(
                    "behind", tasks, "topic", partition.substring(0, dash), "partition", partition.substring(dash + 1));
        });
        return page.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
