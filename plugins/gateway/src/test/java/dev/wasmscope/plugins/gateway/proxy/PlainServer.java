package dev.wasmscope.plugins.gateway.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An upstream server that costs next to nothing: 1 KB for each request, the first bytes of it the X-Version that the
/// request was stamped with.
final class PlainServer implements AutoCloseable {
    static final int SIZE = 1024;

    private final ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());

    PlainServer() throws IOException {
        Thread.ofPlatform().daemon().name("upstream").start(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().name("upstream-connection").start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            var out = socket.getOutputStream();
            var version = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("x-version:")) {
                    version = line.substring(10).strip();
                } else if (line.isEmpty()) {
                    var head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + SIZE + "\r\n\r\n";
                    var body = version + " ".repeat(SIZE - version.length());
                    out.write((head + body).getBytes(StandardCharsets.ISO_8859_1));
                    version = "";
                }
            }
        } catch (IOException e) {
            // The gateway has closed its connection, as it may.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
