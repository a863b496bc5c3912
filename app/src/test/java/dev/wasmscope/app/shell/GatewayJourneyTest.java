package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.views.control.FxWatchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The tool "Gateway" from end to end: the plugin as the program loads it, the shipped filters, a server behind the
/// gateway, and clients in front of it that are not the window's own.
class GatewayJourneyTest extends ShellTest {
    private final Journey journey = new Journey(robot, Path.of("target", "journey", "gateway"));
    private HttpServer upstream = upstream();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    /// Answers with what the filter said of the request.
    private static HttpServer upstream() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    var body = "%s is number %s\n"
                            .formatted(
                                    exchange.getRequestURI(),
                                    exchange.getRequestHeaders().getFirst("X-Number"))
                            .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("There is no server to pass requests to.", e);
        }
    }

    @Override
    Plugins plugins() {
        return Plugins.ofUser(directories());
    }

    @BeforeEach
    void startUpstream() {
        upstream.start();
    }

    @AfterEach
    void stopUpstream() {
        client.close();
        upstream.stop(0);
    }

    @Test
    void requestsPassAFilterThatIsReplacedAndABadOneIsRefused() throws Exception {
        start(BuiltIns.all(), "sample:gateway-filter");
        journey.of(window());
        // Waits and I/O of the UI thread are looked for; cold code on a busy machine may burn what it needs.
        try (var _ = FxWatchdog.start(Duration.ofSeconds(30))) {
            journey.until("the filter is looked at", () -> journey.looksAt("gateway-filter"));
            var address = startGateway();
            passThrough(address);
            answeredByTheFilter();
            swapInFlashSale(address);
            refuseWhatIsNoFilter(address);
            robot.clickOn("#gateway-toggle");
            journey.until(
                    "the gateway has stopped",
                    () -> journey.text("#gateway-toggle").equals("Start"));
            assertThatThrownBy(() -> get(address, "/")).isInstanceOf(IOException.class);
        }
    }

    private URI startGateway() {
        journey.command(">Pass HTTP through a filter");
        journey.until("the gateway can be started", () -> journey.enabled("#gateway-toggle"));
        journey.fill("#gateway-listen", "127.0.0.1:0");
        journey.fill(
                "#gateway-upstream", "http://127.0.0.1:" + upstream.getAddress().getPort());
        // No test of deadlines: a filter of a busy machine has all the time it needs.
        journey.fill("#gateway-timeout", "30s");
        journey.picture("1-form");
        robot.clickOn("#gateway-toggle");
        journey.until(
                "it says where it listens",
                () -> journey.visible("#gateway-address")
                        && journey.text("#gateway-address").startsWith("http://127.0.0.1:"));
        return URI.create(journey.text("#gateway-address"));
    }

    private void passThrough(URI address) throws Exception {
        for (int number = 1; number <= 5; number++) {
            var answer = get(address, "/page?n=" + number);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("/page?n=%d is number %d\n".formatted(number, number));
            assertThat(answer.headers().firstValue("X-Filter")).hasValue("gateway-filter");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
        journey.until("all five are listed", () -> journey.rows("#gateway-requests") == 5);
        journey.until(
                "the rows say what was asked",
                () -> journey.text("#gateway-requests").contains("GET /page?n=5"));
        journey.until("all five are counted", () -> {
            var numbers = journey.text("#gateway-numbers");
            return numbers.contains("filter\ngateway-filter.wasm\nversion\n1\n") && numbers.contains("requests\n5\n");
        });
        journey.picture("2-passed");
    }

    private void answeredByTheFilter() {
        journey.fill("#gateway-target", "/early?answer=3");
        robot.clickOn("#gateway-send");
        journey.until(
                "the filter's own answer is shown",
                () -> journey.text("#gateway-answer").contains("The filter answers itself."));
        journey.until(
                "its result is in the list",
                () -> journey.text("#gateway-requests").contains("wasmResult3"));
    }

    private void swapInFlashSale(URI address) throws Exception {
        journey.openAny("gateway-flashsale");
        journey.show("Gateway");
        robot.clickOn("#gateway-swap");
        journey.until(
                "the second version is counted",
                () -> journey.text("#gateway-numbers").contains("gateway-flashsale.wasm\nversion\n2\n"));
        for (int buyer = 1; buyer <= 10; buyer++) {
            assertThat(get(address, "/buy").statusCode()).isEqualTo(200);
        }
        var late = get(address, "/buy");
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body()).startsWith("All 10 are sold, Java-http-client");
        journey.until("they are listed", () -> journey.rows("#gateway-requests") == 17);
        journey.picture("3-swapped");
    }

    private void refuseWhatIsNoFilter(URI address) throws Exception {
        journey.openAny("add");
        journey.show("Gateway");
        robot.clickOn("#gateway-swap");
        journey.until("the refusal is said", () -> journey.visible("#gateway-problem"));
        assertThat(journey.text("#gateway-problem"))
                .startsWith("add.wasm exports no function wasm_run")
                .endsWith("The version before it stays.");
        journey.picture("4-refused");
        assertThat(get(address, "/other").statusCode()).isEqualTo(200);
        assertThat(journey.text("#gateway-numbers")).contains("gateway-flashsale.wasm\nversion\n2\n");
    }

    private HttpResponse<String> get(URI address, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
