package dev.wasmscope.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against a real TLS server with a certificate of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SECRET = "changeit";

    @TempDir
    static Path temporary;

    private SSLServerSocket server;
    private Path certificate;

    @BeforeAll
    void serve() throws Exception {
        var store = temporary.resolve("server.p12");
        keytool(
                "-genkeypair -alias s -keyalg EC -storetype PKCS12 -dname CN=test -ext san=ip:127.0.0.1 -validity 2",
                store);
        certificate = temporary.resolve("server.pem");
        keytool("-exportcert -rfc -alias s -file " + certificate, store);
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, SECRET.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SECRET.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread.ofPlatform().daemon().name("tls-stub").start(this::echo);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    private void echo() {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                // A client that did not trust us; the next one may.
            }
        }
    }

    @Test
    void givenAuthorityIsTrusted() throws IOException {
        assertThat(echoed(new Tls.Authority(certificate))).isEqualTo("over TLS");
    }

    @Test
    void anybodyIsTrustedWhenAskedFor() throws IOException {
        assertThat(echoed(new Tls.Insecure())).isEqualTo("over TLS");
    }

    @Test
    void unknownAuthorityIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> echoed(new Tls.SystemTrust()))
                .hasMessageContaining("TLS with 127.0.0.1:%d failed".formatted(server.getLocalPort()))
                .hasMessageContaining("certificate of its authority");
    }

    @Test
    void fileWithoutACertificateIsNamed() throws IOException {
        var text = Files.writeString(temporary.resolve("no.pem"), "hello");

        assertThatThrownBy(() -> echoed(new Tls.Authority(text))).hasMessageContaining(text.toString());
    }

    @Test
    void serverThatDoesNotSpeakTlsIsNamed() throws Exception {
        try (var plain = new TcpEndpoint(0)) {
            Thread.ofVirtual().start(() -> {
                try (var client = plain.accept()) {
                    client.read(ByteBuffer.allocate(1024), PATIENCE);
                    client.write(ByteBuffer.wrap("-ERR unknown\r\n".getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                    // The test sees its own end.
                }
            });
            var port = ((TcpTransport) plain.transport()).port();

            assertThatThrownBy(() ->
                            new TcpTransport("127.0.0.1", port, Optional.of(new Tls.Insecure())).connect(PATIENCE))
                    .hasMessageContaining("without TLS");
        }
    }

    @Test
    void silenceEndsInATimeOut() throws IOException {
        var transport = new TcpTransport("127.0.0.1", server.getLocalPort(), Optional.of(new Tls.Insecure()));
        try (var connection = transport.connect(PATIENCE)) {
            assertThatThrownBy(() -> connection.read(ByteBuffer.allocate(8), Duration.ofMillis(30)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("30 ms");
            assertThat(connection.alive()).isFalse();
        }
    }

    private String echoed(Tls tls) throws IOException {
        var transport = new TcpTransport("127.0.0.1", server.getLocalPort(), Optional.of(tls));
        try (var connection = transport.connect(PATIENCE)) {
            connection.write(ByteBuffer.wrap("over TLS".getBytes(StandardCharsets.US_ASCII)));
            var in = ByteBuffer.allocate(8);
            while (in.hasRemaining()) {
                assertThat(connection.read(in, PATIENCE)).isPositive();
            }
            return new String(in.array(), StandardCharsets.US_ASCII);
        }
    }

    private static void keytool(String arguments, Path store) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(java.util.List.of(arguments.split(" ", -1)));
        command.addAll(java.util.List.of("-keystore", store.toString(), "-storepass", SECRET));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
