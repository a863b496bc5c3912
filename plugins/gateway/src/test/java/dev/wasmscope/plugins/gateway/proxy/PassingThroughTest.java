package dev.wasmscope.plugins.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The gateway without a filter, asked by real clients, in front of a real server.
class PassingThroughTest {
    private EchoServer upstream;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        upstream = new EchoServer();
        var config = GatewayConfig.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), upstream.address())
                .withMaxBody(1 << 20)
                .withUpstreamTimeout(Duration.ofSeconds(1));
        gateway = new Gateway(config, null, () -> {
            throw new IOException("There is none.");
        });
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private HttpResponse<String> send(HttpClient.Version version, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().version(version).build()) {
            // A request without a body is what a connection is upgraded with.
            client.send(to("/").build(), BodyHandlers.discarding());
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + target));
    }

    @ParameterizedTest
    @EnumSource
    void aRequestReachesTheUpstreamServerAndItsAnswerTheClient(HttpClient.Version version) throws Exception {
        var answer = send(
                version,
                to("/a%20b//c?d=e&f=%2F").header("X-Mine", "yes").POST(BodyPublishers.ofString("hello, gateway")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body())
                .startsWith("POST /a%20b//c?d=e&f=%2F\n")
                .contains("\nx-mine: yes\n", "\nx-forwarded-for: 127.0.0.1\n", "\nvia: 1.1 wasmscope\n")
                .contains("\nx-forwarded-host: 127.0.0.1:" + gateway.port() + "\n")
                .contains("\nhost: " + upstream.address().getRawAuthority() + "\n")
                .endsWith("\n\nhello, gateway");
        assertThat(answer.headers().firstValue("x-upstream")).hasValue("echo");
    }

    @ParameterizedTest
    @EnumSource
    void whatBelongsToOneConnectionStaysThere(HttpClient.Version version) throws Exception {
        var answer = send(version, to("/").header("TE", "trailers"));
        assertThat(answer.body())
                .doesNotContain("\nte:")
                .doesNotContain("http2-settings")
                .doesNotContain("\nupgrade:");
        assertThat(answer.headers().firstValue("keep-alive")).isEmpty();
    }

    @Test
    void fieldsThatConnectionNamesAreNotPassedOn() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nX-Stays: 1\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("x-stays: 1")
                .doesNotContain("x-hop");
    }

    @Test
    void requestsThatDoNotWaitForAnswersAreAnsweredInTheirOrder() throws IOException {
        var requests = new StringBuilder();
        for (var i = 0; i < 50; i++) {
            requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        var answers = raw(requests + "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answers.lines().filter(line -> line.startsWith("GET /")).toList())
                .hasSize(51)
                .startsWith("GET /0", "GET /1", "GET /2")
                .endsWith("GET /48", "GET /49", "GET /last");
    }

    @ParameterizedTest
    @EnumSource
    void aLongAnswerStreams(HttpClient.Version version) throws Exception {
        try (var client = HttpClient.newBuilder().version(version).build()) {
            var count = 50L << 20;
            var answer = client.send(to("/bytes?" + count).build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            var seen = 0L;
            try (var in = answer.body()) {
                var block = new byte[65_536];
                for (var read = in.read(block); read >= 0; read = in.read(block)) {
                    seen += read;
                }
            }
            assertThat(seen).isEqualTo(count);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOfUnknownLengthStreamsUpToTheLimit(HttpClient.Version version) throws Exception {
        var fits = new byte[1 << 20];
        Arrays.fill(fits, (byte) 'x');
        var answer = send(version, to("/").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(fits))));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith(new String(fits, StandardCharsets.US_ASCII));
        var more = new byte[(1 << 20) + 1];
        var refused = send(version, to("/").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more))));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).isEqualTo("The body is longer than the 1048576 bytes that this gateway takes.\n");
    }

    @Test
    void anAnnouncedBodyThatIsTooLongIsRefusedUnread() throws IOException {
        assertThat(raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(upstream.asked()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void statusesAndHeadPassThrough(HttpClient.Version version) throws Exception {
        for (var status : new int[] {204, 304, 401, 404, 503}) {
            assertThat(send(version, to("/?status=" + status)).statusCode()).isEqualTo(status);
        }
        var head = send(version, to("/").HEAD());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("x-upstream")).hasValue("echo");
    }

    @Test
    void aServerThatIsSilentIsGivenUp() throws Exception {
        var answer = send(HttpClient.Version.HTTP_1_1, to("/silent"));
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("The upstream server was silent for too long.\n");
        assertThat(gateway.traffic().upstreamFailures()).isOne();
    }

    @Test
    void aServerThatIsGoneIsSaid() throws Exception {
        upstream.close();

        var answer = send(HttpClient.Version.HTTP_1_1, to("/"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("The upstream server cannot be reached.\n");
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        assertThat(raw("hello?\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(raw("CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 501");
        assertThat(upstream.asked()).isZero();
    }

    @Test
    void anAddressThatIsTakenIsSaid() {
        var taken = GatewayConfig.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()), upstream.address());
        assertThatThrownBy(() -> new Gateway(taken, null, () -> {
                            throw new IOException("There is none.");
                        })
                        .close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining(String.valueOf(gateway.port()));
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
