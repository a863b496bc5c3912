package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void countsOfARunAreThereForPrometheus() throws Exception {
        try (var broker = new TestBroker()) {
            var settings = broker.topic(1, 1);
            TestBroker.produce(settings, List.of("a\tgood", "b\tbad", "c\tgood"));
            var work = (RunningTasks.Work)
                    task -> task.equals("bad") ? new TaskOutcome.Failed("It was bad.") : TaskOutcome.DONE;
            try (var running = RunningTasks.of(settings, work);
                    var page = new MetricsPage(ANYWHERE, running.metrics)) {
                running.until(() -> running.metrics.snapshot().lag().containsValue(0L));
                running.until(() -> running.metrics.snapshot().processed() == 2
                        && running.metrics.snapshot().retried() >= 1);
                var answer = get(page.address());
                assertThat(answer.headers().firstValue("content-type").orElse(""))
                        .startsWith("text/plain; version=0.0.4");
                assertThat(answer.body().lines())
                        .contains(
                                "# TYPE wasmscope_tasks_processed_total counter",
                                "wasmscope_tasks_processed_total 2",
                                "wasmscope_tasks_dead_total 0",
                                "# TYPE wasmscope_tasks_attempt_seconds histogram",
                                "wasmscope_tasks_behind{topic=\"%s\",partition=\"0\"} 0".formatted(settings.topic()));
                assertThat(answer.body())
                        .containsPattern("wasmscope_tasks_failed_attempts_total [1-9]")
                        .containsPattern("wasmscope_tasks_attempt_seconds_bucket\\{le=\"\\+Inf\"} [3-9]")
                        .containsPattern("wasmscope_tasks_attempt_seconds_sum 0\\.0*[1-9]");
            }
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        try (var page = new MetricsPage(ANYWHERE, new TaskMetrics())) {
            assertThat(page.address()).startsWith("http://127.0.0.1:");
            assertThat(get(page.address() + "/more").statusCode()).isEqualTo(404);
            var post = HttpRequest.newBuilder(URI.create(page.address()))
                    .POST(BodyPublishers.ofString("x"))
                    .build();
            assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
            assertThat(get(page.address()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void portThatIsTakenIsASentence() throws Exception {
        try (var page = new MetricsPage(ANYWHERE, new TaskMetrics())) {
            var port = URI.create(page.address()).getPort();
            var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            assertThatThrownBy(() -> new MetricsPage(taken, new TaskMetrics()))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("Metrics cannot be served at .*:%d: .+".formatted(port));
            var unknown = InetSocketAddress.createUnresolved("no.such.host.invalid", 0);
            assertThatThrownBy(() -> new MetricsPage(unknown, new TaskMetrics()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no.such.host.invalid");
        }
    }
}
