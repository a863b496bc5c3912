package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom a TLS client trusts. Closed: there is no fourth way.
public sealed interface Tls {
    /// The certificates this Java came with.
    record SystemTrust() implements Tls {}

    /// @param certificates a PEM file with one or more certificates
    record Authority(Path certificates) implements Tls {}

    /// Anybody: the stream is encrypted, but whoever sits in between can read it. For test servers.
    record Insecure() implements Tls {}

    /// @throws IOException with a sentence about the certificate or the protocol that failed
    default SSLSocket handshake(Socket connected, String host, int port) throws IOException {
        try {
            var socket = (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, true);
            if (!(this instanceof Insecure)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "%s:%d accepted the connection but did not answer in TLS; try it without TLS."
                            .formatted(host, port),
                    e);
        } catch (SSLException e) {
            throw new IOException(
                    "TLS with %s:%d failed: %s. Give the certificate of its authority, or try without TLS."
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    private SSLContext context() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS could not be set up: %s.".formatted(e.getMessage()), e);
        }
    }

    private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
        return switch (this) {
            case SystemTrust() -> null;
            case Insecure() -> new TrustManager[] {new Anybody()};
            case Authority(var certificates) -> authorities(certificates);
        };
    }

    private static TrustManager[] authorities(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(file)) {
            var number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("%s holds no certificate; give a PEM file.".formatted(file));
            }
        } catch (java.security.cert.CertificateException e) {
            throw new IOException("%s is not a PEM file of certificates: %s.".formatted(file, e.getMessage()), e);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// Trusts everyone, as the user asked for by name.
    final class Anybody extends X509ExtendedTrustManager {
        private Anybody() {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
