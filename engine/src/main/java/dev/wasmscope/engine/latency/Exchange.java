package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// One series' connection with its request ready to be sent. Used by the measuring thread; only [#close()] may come
/// from another one, to free it from a server that does not answer.
final class Exchange implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ZERO;

    private final PlannedSeries series;
    private final Connection connection;
    private final ByteBuffer reply = ByteBuffer.allocateDirect(64 * 1024);
    private final ReplyScanner scanner = new ReplyScanner();
    private ByteBuffer request = ByteBuffer.allocateDirect(0);

    Exchange(PlannedSeries series, Transport transport, Duration patience) throws IOException {
        this.series = series;
        this.connection = transport.connect(patience);
    }

    PlannedSeries series() {
        return series;
    }

    /// Makes the request and sees that the server answers it with anything but an error.
    void prepare(Workload workload, int payload, int pipeline) throws IOException {
        var preparation = workload.preparation(payload);
        if (preparation.length > 0) {
            request = direct(preparation);
            roundTrip(1);
        }
        request = direct(workload.request(payload, pipeline));
        roundTrip(pipeline);
        requireNoError();
    }

    void send() throws IOException {
        request.rewind();
        connection.write(request);
    }

    /// Waits for bytes.
    ///
    /// @return how many replies ended in them
    int receive() throws IOException {
        reply.clear();
        if (connection.read(reply, FOR_EVER) < 0) {
            throw new IOException("ended the connection");
        }
        reply.flip();
        return scanner.scan(reply);
    }

    void requireNoError() throws IOException {
        if (!scanner.error().isEmpty()) {
            throw new IOException("answered " + scanner.error());
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void roundTrip(int replies) throws IOException {
        send();
        for (int pending = replies; pending > 0; ) {
            pending -= receive();
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes);
    }
}
