package dev.wasmscope.plugins.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateway in front of a real server that speaks TLS, with a certificate of its own.
class HttpsUpstreamTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "password";

    @TempDir
    private Path folder;

    private HttpsServer upstream;

    @BeforeEach
    void start() throws Exception {
        var store = folder.resolve("server.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=upstream",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        upstream = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setHttpsConfigurator(new HttpsConfigurator(context));
        upstream.createContext("/", exchange -> {
            var body = "over TLS".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        upstream.start();
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST_PASSWORD);
        upstream.stop(0);
    }

    private Gateway gateway() throws IOException {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var address = URI.create("https://127.0.0.1:" + upstream.getAddress().getPort());
        return new Gateway(GatewayConfig.of(any, address), null, () -> {
            throw new IOException("There is none.");
        });
    }

    private static HttpResponse<String> get(Gateway gateway) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void certificateThatIsTrustedIsTaken() throws Exception {
        System.setProperty(TRUST, folder.resolve("server.p12").toString());
        System.setProperty(TRUST_PASSWORD, PASSWORD);
        try (var gateway = gateway()) {
            for (var i = 0; i < 3; i++) {
                var answer = get(gateway);
                assertThat(answer.statusCode())
                        .as(gateway.traffic().recent().toString())
                        .isEqualTo(200);
                assertThat(answer.body()).isEqualTo("over TLS");
            }
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsRefused() throws Exception {
        try (var gateway = gateway()) {
            var answer = get(gateway);
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).isEqualTo("The upstream server cannot be reached.\n");
            assertThat(gateway.traffic().recent().getFirst().remark()).contains("certification path");
        }
    }
}
