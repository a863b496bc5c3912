package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Exchange;
import dev.wasmscope.plugins.gateway.filter.FilterOutcome;
import dev.wasmscope.plugins.gateway.filter.FilterRun;
import dev.wasmscope.plugins.gateway.filter.ResponseMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One request's way through the gateway: filter, upstream server, filter, client. Its steps run one after another, on
/// whichever thread brings the next one; guests run on threads of the pool, never on one that others' bytes wait for.
final class Passage {
    private final Upstream upstream;
    private final Traffic traffic;
    private final @Nullable FilterRun run;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final long begun = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Exchange exchange;
    /// What is answered is decided: what happens upstream from here on is of no interest.
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile String result = "";
    private volatile String remark = "";
    private final AtomicLong filterNanos = new AtomicLong();

    Passage(Upstream upstream, Traffic traffic, @Nullable FilterRun run, Exchanging exchanging) {
        this.upstream = upstream;
        this.traffic = traffic;
        this.run = run;
        this.request = exchanging.request();
        this.response = exchanging.response();
        this.callback = exchanging.callback();
    }

    /// What the server hands over with a request.
    record Exchanging(Request request, Response response, Callback callback) {}

    /// What is written down of a request that has ended.
    record Ending(Passage passage, int status, long totalNanos) {
        Traffic.Passed passed(long number) {
            var request = passage.request;
            return new Traffic.Passed(
                    number,
                    Instant.now(),
                    request.getMethod(),
                    request.getHttpURI().getPathQuery(),
                    status,
                    passage.result,
                    passage.run == null ? 0 : passage.run.version(),
                    passage.filterNanos.get(),
                    totalNanos,
                    passage.remark);
        }
    }

    void begin() {
        traffic.begins();
        guarded(this::enter);
    }

    /// Whatever goes wrong in a step, the request is answered and its filter's version given back.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void enter() {
        if (request.getLength() > upstream.config().maxBody()) {
            failed(new BodyTooLargeException(upstream.config().maxBody()));
        } else if (HttpMethod.CONNECT.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            if (settle(null)) {
                say(501, "This gateway opens no tunnels.");
            }
        } else if (run == null) {
            forward();
        } else if (run.readsRequest()) {
            BodyReader.read(request, upstream.config().maxBody(), upstream.workers(), this::bodyRead, this::failed);
        } else {
            filterRequest(null);
        }
    }

    private void bodyRead(byte[] body) {
        guarded(() -> filterRequest(body));
    }

    private void filterRequest(byte @Nullable [] body) {
        var now = new Exchange(RequestCopy.of(request));
        exchange = now;
        if (body != null) {
            now.request().body(body);
        }
        switch (timed(now, false)) {
            case FilterOutcome.Continue _ -> forward();
            case FilterOutcome.Result _ -> answer(now.response(), null);
            case FilterOutcome.WasmError error -> broken(error, null);
            case FilterOutcome.OutOfVm full -> outOfVm(full, null);
        }
    }

    private FilterOutcome timed(Exchange now, boolean afterwards) {
        var filter = Objects.requireNonNull(run);
        var start = System.nanoTime();
        var outcome = afterwards ? filter.onResponse(now) : filter.onRequest(now);
        var took = System.nanoTime() - start;
        filterNanos.addAndGet(took);
        upstream.workers().kept(took);
        traffic.filtered(outcome.name(), took);
        if (!outcome.name().isEmpty()) {
            result = outcome.name();
        }
        return outcome;
    }

    private void forward() {
        upstream.send(request, exchange, (answer, body) -> guarded(() -> answered(answer, body)), this::failed);
    }

    /// The upstream server's status and headers are here; the body may be on its way.
    private void answered(org.eclipse.jetty.client.Response answer, Content.Source body) {
        if (run == null || !run.seesResponse()) {
            upstream.copyHeaders(answer, response);
            pass(body);
            return;
        }
        var now = Objects.requireNonNull(exchange);
        upstream.copyHeaders(answer, now.response());
        if (run.readsResponse()) {
            BodyReader.read(
                    body,
                    upstream.config().maxBody(),
                    upstream.workers(),
                    bytes -> guarded(() -> {
                        now.response().body(bytes);
                        filterResponse(now, bytes, Content.Source.from());
                    }),
                    failure -> answerUnread(failure, body));
        } else {
            filterResponse(now, null, body);
        }
    }

    private void answerUnread(Throwable failure, Content.Source body) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        body.fail(failure);
        if (failure instanceof BodyTooLargeException) {
            say(502, "The filter reads the answer's body. " + failure.getMessage());
        } else {
            upstreamFailed(failure);
        }
    }

    private void filterResponse(Exchange now, byte @Nullable [] read, Content.Source body) {
        switch (timed(now, true)) {
            case FilterOutcome.Continue _ -> send(now.response(), read, body);
            // Nothing follows that could be left out: the result is counted.
            case FilterOutcome.Result _ -> send(now.response(), read, body);
            case FilterOutcome.WasmError error -> broken(error, body);
            case FilterOutcome.OutOfVm full -> outOfVm(full, body);
        }
    }

    private void send(ResponseMessage message, byte @Nullable [] read, Content.Source body) {
        var bytes = message.body();
        var head = HttpMethod.HEAD.is(request.getMethod());
        if (bytes == null || (head && bytes.length == 0)) {
            message.headers().forEach(response.getHeaders()::add);
            response.setStatus(message.status());
            pass(body);
        } else {
            answer(message, read == null ? body : null);
        }
    }

    /// An answer whose body is at hand.
    ///
    /// @param unread of the upstream server, in whose place it comes
    private void answer(ResponseMessage message, Content.@Nullable Source unread) {
        if (!settle(unread)) {
            return;
        }
        var bytes = message.body();
        message.headers().remove("Content-Length");
        message.headers().remove("Transfer-Encoding");
        message.headers().forEach(response.getHeaders()::add);
        nameResult();
        response.setStatus(message.status());
        write(bytes == null ? new byte[0] : bytes);
    }

    /// @return false when something else is answered already
    private boolean settle(Content.@Nullable Source unread) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        if (unread != null) {
            unread.fail(new IllegalStateException("Another body is sent in its place."));
        }
        return true;
    }

    private void pass(Content.Source body) {
        Content.copy(body, response, Callback.from(this::done, failure -> {
            body.fail(failure);
            failed(failure);
        }));
    }

    private void outOfVm(FilterOutcome.OutOfVm full, Content.@Nullable Source unread) {
        if (settle(unread)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            say(503, "All %d instances of the filter are at work: try again.".formatted(full.pool()));
        }
    }

    private void broken(FilterOutcome.WasmError error, Content.@Nullable Source unread) {
        if (settle(unread)) {
            // The guest's own words are for those who run the gateway, not for its clients.
            remark = error.reason();
            say(error.timedOut() ? 504 : 500, error.timedOut() ? "The filter took too long." : "The filter failed.");
        }
    }

    /// An answer of the gateway's own, once it is settled that there is one.
    private void say(int status, String sentence) {
        if (remark.isEmpty()) {
            remark = sentence;
        }
        nameResult();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.setStatus(status);
        write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void nameResult() {
        if (!result.isEmpty()) {
            response.getHeaders().put("X-Gateway-Result", result);
        }
    }

    private void write(byte[] bytes) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), Callback.from(this::done, this::finish));
    }

    private void failed(Throwable failure) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        if (response.isCommitted()) {
            remark = "The answer broke off: " + failure;
            finish(failure);
        } else if (failure instanceof BodyTooLargeException) {
            say(413, String.valueOf(failure.getMessage()));
        } else {
            upstreamFailed(failure);
        }
    }

    private void upstreamFailed(Throwable failure) {
        traffic.upstreamFailed();
        var late = failure instanceof TimeoutException;
        remark = failure.toString();
        say(
                late ? 504 : 502,
                late ? "The upstream server was silent for too long." : "The upstream server cannot be reached.");
    }

    private void done() {
        finish(null);
    }

    private void finish(@Nullable Throwable failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        if (run != null) {
            run.close();
        }
        traffic.ended(new Ending(this, response.getStatus(), System.nanoTime() - begun));
        if (failure == null) {
            callback.succeeded();
        } else {
            callback.failed(failure);
        }
    }
}
