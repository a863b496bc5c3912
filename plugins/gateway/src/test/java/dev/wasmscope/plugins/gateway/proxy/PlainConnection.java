package dev.wasmscope.plugins.gateway.proxy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An HTTP/1.1 client that costs next to nothing: one request after another on one connection.
final class PlainConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    PlainConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// @param status 200, 503
    /// @param version what the filter stamped the answer with; empty where it did not
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Answer(int status, String version, byte[] body) {}

    static byte[] request(String target) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: load\r\n\r\n"
                .formatted(target)
                .getBytes(StandardCharsets.US_ASCII);
    }

    Answer send(byte[] request) throws IOException {
        out.write(request);
        var status = Integer.parseInt(line().substring(9, 12));
        var length = 0;
        var version = "";
        for (var field = line(); !field.isEmpty(); field = line()) {
            var small = field.toLowerCase(Locale.ROOT);
            if (small.startsWith("content-length:")) {
                length = Integer.parseInt(small.substring(15).strip());
            } else if (small.startsWith("x-version:")) {
                version = field.substring(10).strip();
            }
        }
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("%d of %d bytes came.".formatted(body.length, length));
        }
        return new Answer(status, version, body);
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection was closed.");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
