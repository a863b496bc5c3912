package dev.wasmscope.plugins.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.plugins.gateway.Modules;
import dev.wasmscope.plugins.gateway.filter.Filter;
import dev.wasmscope.plugins.gateway.filter.FilterRefusedException;
import dev.wasmscope.plugins.gateway.filter.FilterSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The gateway with a filter, asked by real clients, in front of a real server.
class FilteredTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HostEngine engine = Modules.engine();
    private final AtomicReference<@Nullable ModuleSource> onDisk = new AtomicReference<>();
    private EchoServer upstream;
    private @Nullable Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        upstream = new EchoServer();
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        upstream.close();
        engine.close();
    }

    private Gateway gateway(ModuleSource module, FilterSpec spec) throws IOException, FilterRefusedException {
        var filter = new Filter(engine, module, spec, (_, _) -> {});
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var config = GatewayConfig.of(any, upstream.address()).withAdmin(any).withMaxBody(1 << 20);
        onDisk.set(module);
        var made = new Gateway(config, filter, () -> {
            var now = onDisk.get();
            if (now == null) {
                throw new IOException("There is no file f.wasm.");
            }
            return now;
        });
        gateway = made;
        return made;
    }

    private Gateway sample(String name, int pool, Duration timeout) throws IOException, FilterRefusedException {
        return gateway(
                Modules.sample(engine, name), new FilterSpec(pool, timeout, 64, FilterSpec.Stage.REQUEST, Map.of()));
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).connectTimeout(PATIENCE).build();
    }

    private static HttpRequest.Builder to(int port, String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> get(HttpClient client, int port, String target)
            throws IOException, InterruptedException {
        return client.send(to(port, target).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void aFilterChangesRequestAndResponse(HttpClient.Version version) throws Exception {
        var port = sample("gateway-probe", 2, PATIENCE).port();
        try (var client = client(version)) {
            assertThat(get(client, port, "/").version()).isEqualTo(version);
            var changed = client.send(
                    to(port, "/change")
                            .header("X-Gone", "soon")
                            .POST(BodyPublishers.ofString("from the client"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(changed.version()).isEqualTo(version);
            assertThat(changed.body())
                    .startsWith("PUT /changed%20path?x=1&y=2\n")
                    .contains("\nhost: other.example\n", "\nx-one: first\nx-one: second\n", "\ncookie: c=3\n")
                    .contains("\ncontent-length: 15\n")
                    .doesNotContain("x-gone")
                    .endsWith("\n\nfrom the filter");
            var answer = get(client, port, "/response");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).startsWith("status=200\n").contains("upstream=echo\n");
            assertThat(answer.headers().allValues("x-one")).containsExactly("first", "second");
            assertThat(answer.headers().firstValue("x-upstream")).isEmpty();
            assertThat(answer.headers().firstValue("set-cookie")).hasValue("seen=yes; Path=/");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterAnswersItself(HttpClient.Version version) throws Exception {
        var port = sample("gateway-probe", 2, PATIENCE).port();
        try (var client = client(version)) {
            var answer = get(client, port, "/report?q=1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-gateway-result")).hasValue("wasmResult2");
            assertThat(answer.body())
                    .contains("ip=127.0.0.1\n", "method=GET\n", "host=127.0.0.1:" + port + "\n", "query=q=1\n");
            assertThat(upstream.asked()).isZero();
            assertThat(get(client, port, "/report").body())
                    .contains(version == HttpClient.Version.HTTP_2 ? "proto=HTTP/2.0\n" : "proto=HTTP/1.1\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTrapOrALoopTouchesItsRequestOnly(HttpClient.Version version) throws Exception {
        var running = sample("gateway-filter", 4, Duration.ofMillis(500));
        try (var client = client(version)) {
            assertThat(get(client, running.port(), "/").statusCode()).isEqualTo(200);
            var loops = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (var i = 0; i < 2; i++) {
                loops.add(client.sendAsync(to(running.port(), "/?loop").build(), BodyHandlers.ofString()));
            }
            var trapped = get(client, running.port(), "/?trap");
            assertThat(trapped.statusCode()).isEqualTo(500);
            assertThat(trapped.headers().firstValue("x-gateway-result")).hasValue("wasmError");
            assertThat(trapped.body()).isEqualTo("The filter failed.\n");
            // On the same connection, with HTTP/2, while the loops run.
            assertThat(get(client, running.port(), "/").statusCode()).isEqualTo(200);
            for (var loop : loops) {
                var answer = loop.get(60, TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(504);
                assertThat(answer.body()).isEqualTo("The filter took too long.\n");
            }
            assertThat(running.traffic().result("wasmError")).isEqualTo(3);
            assertThat(running.traffic().recent().stream().map(Traffic.Passed::remark))
                    .anyMatch(remark -> remark.contains("integer divide by zero"))
                    .anyMatch(remark -> remark.contains("stopped after 500 ms"));
        }
    }

    @Test
    void overloadIsRefusedAndThePoolRecovers() throws Exception {
        var running = sample("gateway-filter", 1, Duration.ofSeconds(3));
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            var loop = client.sendAsync(to(running.port(), "/?loop").build(), BodyHandlers.ofString());
            var waiting = System.nanoTime() + PATIENCE.toNanos();
            while (Objects.requireNonNull(running.filter()).status().idle() > 0) {
                assertThat(System.nanoTime()).isLessThan(waiting);
            }
            var refused = get(client, running.port(), "/");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("x-gateway-result")).hasValue("outOfVM");
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(refused.body()).isEqualTo("All 1 instances of the filter are at work: try again.\n");
            assertThat(loop.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(504);
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (get(client, running.port(), "/").statusCode() != 200) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
        }
    }

    @Test
    void aFilterBehindTheServerSeesTheAnswerOnly() throws Exception {
        var spec = new FilterSpec(1, PATIENCE, 64, FilterSpec.Stage.RESPONSE, Map.of());
        var port = gateway(Modules.stamping('A'), spec).port();
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            var answer = get(client, port, "/");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("x-version");
        }
    }

    @Test
    void aBodyThatTheFilterReadsMustFit() throws Exception {
        var port = sample("gateway-probe", 1, PATIENCE).port();
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            var tooLong = new byte[(1 << 20) + 1];
            assertThat(client.send(
                                    to(port, "/")
                                            .POST(BodyPublishers.ofByteArray(tooLong))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
            assertThat(get(client, port, "/bytes?2000000").statusCode()).isEqualTo(502);
            assertThat(get(client, port, "/bytes?200000").body()).hasSize(200_000);
        }
    }

    @Test
    void aNewVersionComesWithoutAFailedOrMixedRequest() throws Exception {
        var running =
                gateway(Modules.stamping('A'), new FilterSpec(4, PATIENCE, 64, FilterSpec.Stage.REQUEST, Map.of()));
        var end = new AtomicBoolean();
        var wrong = new AtomicReference<String>("");
        var asking = new ArrayList<Thread>();
        for (var i = 0; i < 3; i++) {
            asking.add(Thread.ofPlatform().daemon().start(() -> {
                try (var client = client(HttpClient.Version.HTTP_1_1)) {
                    while (!end.get() && wrong.get().isEmpty()) {
                        var answer = get(client, running.port(), "/");
                        var stamp = answer.headers().firstValue("x-version").orElse("none");
                        if (answer.statusCode() != 200 || !answer.body().contains("\nx-version: " + stamp + "\n")) {
                            wrong.set(answer.statusCode() + " " + stamp + "\n" + answer.body());
                        }
                    }
                } catch (IOException | InterruptedException e) {
                    wrong.set(e.toString());
                }
            }));
        }
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            for (var i = 0; i < 10; i++) {
                onDisk.set(Modules.stamping(i % 2 == 0 ? 'B' : 'A'));
                var answer = client.send(
                        to(running.adminPort(), "/reload")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).endsWith(".wasm is version " + (i + 2) + ".\n");
            }
        }
        end.set(true);
        for (var thread : asking) {
            thread.join();
        }
        assertThat(wrong.get()).isEmpty();
        assertThat(running.traffic().statuses()).containsOnlyKeys(200);
    }

    @Test
    void aBadModuleIsRefusedAndTheOldOneStays() throws Exception {
        var running = sample("gateway-filter", 1, PATIENCE);
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            var put = client.send(
                    to(running.adminPort(), "/filter")
                            .PUT(BodyPublishers.ofString("no module"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(put.statusCode()).isEqualTo(422);
            assertThat(put.body()).startsWith("uploaded.wasm").endsWith(" The version before it stays.\n");
            onDisk.set(null);
            var reload = client.send(
                    to(running.adminPort(), "/reload")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(reload.statusCode()).isEqualTo(422);
            assertThat(reload.body()).isEqualTo("There is no file f.wasm. The version before it stays.\n");
            assertThat(get(client, running.port(), "/").headers().firstValue("x-filter"))
                    .hasValue("gateway-filter");
            var good = client.send(
                    to(running.adminPort(), "/filter")
                            .PUT(BodyPublishers.ofByteArray(
                                    Modules.stamping('C').bytes()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(good.body()).isEqualTo("uploaded.wasm is version 2.\n");
            assertThat(get(client, running.port(), "/").headers().firstValue("x-version"))
                    .hasValue("C");
        }
    }

    @Test
    void theGatewayTellsOfItself() throws Exception {
        var running = sample("gateway-filter", 2, Duration.ofMillis(200));
        var admin = running.adminPort();
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            for (var target : new String[] {"/", "/", "/?answer=3", "/?trap", "/?loop"}) {
                get(client, running.port(), target);
            }
            assertThat(get(client, admin, "/status").body())
                    .contains("\"health\": \"ready\", \"numOfRequest\": 7, \"numOfWasmError\": 2")
                    .contains("\"ok\": 4", "\"wasmResult3\": 1", "\"version\": 1", "\"pool\": 2");
            var metrics = get(client, admin, "/metrics");
            assertThat(metrics.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(metrics.body().lines())
                    .contains(
                            "# TYPE wasmscope_gateway_requests_total counter",
                            "wasmscope_gateway_requests_total{status=\"200\"} 3",
                            "wasmscope_gateway_requests_total{status=\"500\"} 1",
                            "wasmscope_gateway_requests_total{status=\"504\"} 1",
                            "wasmscope_gateway_filter_runs_total{result=\"wasmError\"} 2",
                            "wasmscope_gateway_filter_seconds_bucket{le=\"+Inf\"} 7",
                            "wasmscope_gateway_filter_seconds_count 7",
                            "wasmscope_gateway_filter_version 1")
                    .allMatch(
                            line -> line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"})? [0-9.]+"),
                            "is a line of the format");
            client.send(
                    to(admin, "/data/greeting")
                            .PUT(BodyPublishers.ofString("hello"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(get(client, admin, "/data").body())
                    .isEqualTo("{\"greeting\": \"hello\",\n \"requests\": \"2\"}\n");
            client.send(to(admin, "/data/greeting").DELETE().build(), BodyHandlers.ofString());
            assertThat(get(client, admin, "/data/greeting").statusCode()).isEqualTo(404);
            assertThat(get(client, admin, "/nothing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPageInABrowserIsRefused() throws Exception {
        var running = sample("gateway-filter", 1, PATIENCE);
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            var answer = client.send(
                    to(running.adminPort(), "/reload")
                            .header("Origin", "http://evil.example")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }
}
