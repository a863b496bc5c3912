package dev.wasmscope.plugins.gateway.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;

/// Reads a whole body, never waiting on a thread: what has arrived already is taken at once and handed on on the
/// caller's thread; for the rest it comes back on one of the executor's, since what follows may take long.
final class BodyReader {
    private final Content.Source source;
    private final long limit;
    private final Executor executor;
    private final Consumer<byte[]> then;
    private final Consumer<Throwable> failed;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private BodyReader(
            Content.Source source, long limit, Executor executor, Consumer<byte[]> then, Consumer<Throwable> failed) {
        this.source = source;
        this.limit = limit;
        this.executor = executor;
        this.then = then;
        this.failed = failed;
    }

    static void read(
            Content.Source source, long limit, Executor executor, Consumer<byte[]> then, Consumer<Throwable> failed) {
        new BodyReader(source, limit, executor, then, failed).go();
    }

    private void go() {
        while (true) {
            var chunk = source.read();
            if (chunk == null) {
                source.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> executor.execute(this::go)));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                var failure = chunk.getFailure();
                failed.accept(failure == null ? new ClosedChannelException() : failure);
                return;
            }
            var last = chunk.isLast();
            var fits = bytes.size() + (long) chunk.remaining() <= limit;
            if (fits) {
                bytes.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            }
            chunk.release();
            if (!fits) {
                failed.accept(new BodyTooLargeException(limit));
                return;
            }
            if (last) {
                then.accept(bytes.toByteArray());
                return;
            }
        }
    }
}
