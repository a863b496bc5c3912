package dev.wasmscope.plugins.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.plugins.gateway.Modules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each of the 50 functions, called by a filter in C and by one in AssemblyScript.
class EasegressFunctionsTest {
    private final HostEngine engine = Modules.engine();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    private Filter filter(String sample) throws FilterRefusedException {
        var spec = new FilterSpec(1, Duration.ofSeconds(20), 256, FilterSpec.Stage.REQUEST, Map.of());
        return new Filter(engine, Modules.sample(engine, sample), spec, (level, text) -> log.add(level + " " + text));
    }

    private static Exchange asked(String target) {
        var headers = new Headers().add("x-one", "1").add("x-gone", "soon").add("Cookie", "a=1; b=2");
        var origin = new RequestMessage.Origin("192.0.2.7", "http", "HTTP/2.0");
        var request = new RequestMessage(origin, "POST", "shop.example:8080", target, headers);
        request.body("the body, grüße".getBytes(StandardCharsets.UTF_8));
        return new Exchange(request);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void thereAreFifty() {
        var host = new EasegressHost(new GuestStrings(Duration.ofSeconds(1)), new SharedData(), (_, _) -> {});
        assertThat(host.functions()).hasSize(50).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-probe", "gateway-probe-as"})
    void aFilterReadsAllOfTheRequest(String sample) throws FilterRefusedException {
        try (var filter = filter(sample);
                var run = filter.begin()) {
            assertThat(run.readsRequest()).isTrue();
            var exchange = asked("/re%70ort?q=a%20b");
            assertThat(run.onRequest(exchange)).isEqualTo(new FilterOutcome.Result(2));
            assertThat(exchange.response().status()).isEqualTo(200);
            assertThat(exchange.response().headers().first("content-type")).isEqualTo("text/plain");
            assertThat(text(exchange.response().body()).strip().lines())
                    .containsExactly(
                            "ip=192.0.2.7",
                            "scheme=http",
                            "proto=HTTP/2.0",
                            "method=POST",
                            "host=shop.example:8080",
                            "path=/report",
                            "escaped=/re%70ort",
                            "query=q=a%20b",
                            "fragment=",
                            "one=1",
                            "none=",
                            "cookie=b=2",
                            "cookies=a=1",
                            "cookies=b=2",
                            "body=the body, grüße",
                            "headers=X-One: 1",
                            "X-Gone: soon",
                            "Cookie: a=1; b=2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-probe", "gateway-probe-as"})
    void aFilterChangesAllOfTheRequest(String sample) throws FilterRefusedException {
        try (var filter = filter(sample);
                var run = filter.begin()) {
            var exchange = asked("/change");
            assertThat(run.onRequest(exchange)).isEqualTo(new FilterOutcome.Continue());
            var request = exchange.request();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.host()).isEqualTo("other.example");
            assertThat(request.hostChanged()).isTrue();
            assertThat(request.target()).isEqualTo("/changed%20path?x=1&y=2");
            assertThat(request.headers().all("X-One")).containsExactly("first", "second");
            assertThat(request.headers().contains("X-Gone")).isFalse();
            assertThat(request.cookies()).containsExactly("a=1", "b=2", "c=3");
            assertThat(text(request.body())).isEqualTo("from the filter");
            assertThat(exchange.tags()).containsExactly("changed");
            assertThat(log).containsExactly("1 a request was changed");

            var others = asked("/headers");
            assertThat(run.onRequest(others)).isEqualTo(new FilterOutcome.Continue());
            assertThat(others.request().headers().lines()).isEqualTo("X-Only: this\r\nX-More: that\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-probe", "gateway-probe-as"})
    void aFilterReadsAndChangesAllOfTheResponse(String sample) throws FilterRefusedException {
        try (var filter = filter(sample);
                var run = filter.begin()) {
            assertThat(run.seesResponse()).isTrue();
            assertThat(run.readsResponse()).isTrue();
            var exchange = asked("/response");
            assertThat(run.onRequest(exchange)).isEqualTo(new FilterOutcome.Continue());
            var response = exchange.response();
            response.status(404);
            response.headers().add("x-upstream", "echo");
            response.body(new byte[] {1, 2, 3});
            assertThat(run.onResponse(exchange)).isEqualTo(new FilterOutcome.Continue());
            assertThat(text(response.body()).strip().lines())
                    .containsExactly("status=404", "size=3", "upstream=echo", "headers=X-Upstream: echo");
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.headers().lines())
                    .isEqualTo("X-One: first\r\nX-One: second\r\nSet-Cookie: seen=yes; Path=/\r\n");

            var others = asked("/response-headers");
            others.response().headers().add("X-Upstream", "echo");
            assertThat(run.onResponse(others)).isEqualTo(new FilterOutcome.Continue());
            assertThat(others.response().headers().lines()).isEqualTo("X-Only: this\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-probe", "gateway-probe-as"})
    void aFilterKeepsDataForAllItsInstances(String sample) throws FilterRefusedException {
        try (var filter = filter(sample);
                var run = filter.begin()) {
            var exchange = asked("/data");
            assertThat(run.onRequest(exchange)).isEqualTo(new FilterOutcome.Result(3));
            assertThat(text(exchange.response().body()).strip().lines())
                    .containsExactly(
                            "text=grüße",
                            "nothing=",
                            "bytes=3 255",
                            "sum=42",
                            "integer=42",
                            "hundredths=75",
                            "float=75",
                            "count=4",
                            "time=1 random=1");
            assertThat(filter.data().get("probe.integer")).isEqualTo("42");
            assertThat(filter.data().get("probe.bytes")).isEqualTo("AAH/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-probe", "gateway-probe-as"})
    void tenThousandRequestsLeaveTheGuestsMemoryAsItWas(String sample) throws FilterRefusedException {
        try (var filter = filter(sample)) {
            for (var i = 0; i < 10_000; i++) {
                try (var run = filter.begin()) {
                    assertThat(run.onRequest(asked("/report?" + i))).isEqualTo(new FilterOutcome.Result(2));
                }
            }
            assertThat(filter.status().replaced()).isZero();
            var session = filter.looks().getFirst().instance().session();
            assertThat(session.status().memoryPages().getFirst()).isLessThan(64);
        }
    }
}
