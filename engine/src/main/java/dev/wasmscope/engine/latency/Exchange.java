package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.resp.ReplyScanner;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One series' connections with their request ready to be sent. Used by the measuring thread; only [#close()] may
/// come from another one, to free it from a server that does not answer.
final class Exchange implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ZERO;

    private final PlannedSeries series;
    private final List<Line> lines = new ArrayList<>();
    private final ByteBuffer reply = ByteBuffer.allocateDirect(64 * 1024);
    private ByteBuffer request = ByteBuffer.allocateDirect(0);
    private int pipeline = 1;
    private int awaited;
    private long sentAt;

    Exchange(PlannedSeries series, Transport transport, int connections, Duration patience) throws IOException {
        this.series = series;
        try {
            for (int i = 0; i < connections; i++) {
                lines.add(new Line(transport.connect(patience)));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    PlannedSeries series() {
        return series;
    }

    /// Makes the request and sees that the server answers it with anything but an error.
    void prepare(Workload workload, int payload, int depth) throws IOException {
        var preparation = workload.preparation(payload);
        if (preparation.length > 0) {
            request = direct(preparation);
            roundTrip(1);
        }
        request = direct(workload.request(payload, depth));
        roundTrip(depth);
        requireNoError();
    }

    /// Replies that a [#send] asks for.
    int inFlight() {
        return pipeline * lines.size();
    }

    /// On every connection, one after the other.
    ///
    /// @param now the moment before
    void send(long now) throws IOException {
        long begun = now;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (i > 0) {
                begun = System.nanoTime();
            }
            line.sentAt = begun;
            line.pending = pipeline;
            request.rewind();
            line.connection.write(request);
        }
        awaited = 0;
    }

    /// Waits for bytes, on the connections in the order in which they were sent to.
    ///
    /// @return how many replies ended in them
    int receive() throws IOException {
        var line = lines.get(awaited);
        reply.clear();
        if (line.connection.read(reply, FOR_EVER) < 0) {
            throw new IOException("ended the connection");
        }
        reply.flip();
        int ended = line.scanner.scan(reply);
        sentAt = line.sentAt;
        line.pending -= ended;
        if (line.pending <= 0 && awaited < lines.size() - 1) {
            awaited++;
        }
        return ended;
    }

    /// When the connection was sent to that was received from last.
    long sentAt() {
        return sentAt;
    }

    void requireNoError() throws IOException {
        for (var line : lines) {
            if (!line.scanner.error().isEmpty()) {
                throw new IOException("answered " + line.scanner.error());
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var line : lines) {
            line.connection.close();
        }
    }

    private void roundTrip(int replies) throws IOException {
        pipeline = replies;
        send(System.nanoTime());
        for (int left = inFlight(); left > 0; ) {
            left -= receive();
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes);
    }

    private static final class Line {
        private final Connection connection;
        private final ReplyScanner scanner = new ReplyScanner();
        private int pending;
        private long sentAt;

        private Line(Connection connection) {
            this.connection = connection;
        }
    }
}
