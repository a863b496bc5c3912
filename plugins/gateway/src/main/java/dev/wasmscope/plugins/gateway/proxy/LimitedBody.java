package dev.wasmscope.plugins.gateway.proxy;

import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A body on its way through, up to a limit.
final class LimitedBody implements Content.Source {
    private final Content.Source source;
    private final long length;
    private final long limit;
    private Content.@Nullable Chunk first;
    private long passed;

    /// @param first of the body, which was read already
    /// @param length as announced, -1 where it was not
    LimitedBody(Content.Source source, Content.@Nullable Chunk first, long length, long limit) {
        this.source = source;
        this.first = first;
        this.length = length;
        this.limit = limit;
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public Content.@Nullable Chunk read() {
        var chunk = first == null ? source.read() : first;
        first = null;
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        passed += chunk.remaining();
        if (passed > limit) {
            chunk.release();
            return Content.Chunk.from(new BodyTooLargeException(limit));
        }
        return chunk;
    }

    @Override
    public void demand(Runnable action) {
        if (first == null) {
            source.demand(action);
        } else {
            action.run();
        }
    }

    /// The upstream server wants no more. The client's request has not failed by that: it is still to be answered.
    @Override
    public void fail(Throwable failure) {
        if (first != null) {
            first.release();
            first = null;
        }
    }
}
