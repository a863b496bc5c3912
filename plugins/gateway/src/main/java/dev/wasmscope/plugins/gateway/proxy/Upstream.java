package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Exchange;
import dev.wasmscope.plugins.gateway.filter.ResponseMessage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// The server behind the gateway.
final class Upstream {
    private static final String VIA = "1.1 wasmscope";

    private final GatewayConfig config;
    private final HttpClient client;
    private final Workers workers;

    Upstream(GatewayConfig config, HttpClient client, Workers workers) {
        this.config = config;
        this.client = client;
        this.workers = workers;
    }

    GatewayConfig config() {
        return config;
    }

    /// For what may take long.
    Workers workers() {
        return workers;
    }

    /// Asks what the client asked, or what the filter made of it.
    ///
    /// @param then gets status, headers and the body as it comes
    /// @param failed may be called after `then`, too, when the body breaks off
    void send(
            Request request,
            @Nullable Exchange exchange,
            BiConsumer<org.eclipse.jetty.client.Response, Content.Source> then,
            Consumer<Throwable> failed) {
        org.eclipse.jetty.client.Request out;
        try {
            out = exchange == null ? asked(request) : changed(exchange);
        } catch (IllegalArgumentException e) {
            failed.accept(e);
            return;
        }
        forwarded(request, out);
        body(request, exchange, out);
        out.onResponseContentSource(then::accept);
        request.addFailureListener(failure -> {
            var _ = out.abort(failure);
        });
        out.send(result -> {
            if (result.isFailed()) {
                failed.accept(result.getFailure());
            }
        });
    }

    private org.eclipse.jetty.client.Request asked(Request request) {
        var out = to(request.getHttpURI().getPathQuery(), request.getMethod());
        var hops = new Hops(request.getHeaders().getValuesList(HttpHeader.CONNECTION));
        out.headers(headers -> {
            for (var field : request.getHeaders()) {
                if (passes(field.getName(), hops)) {
                    headers.add(field);
                }
            }
            oneCookieLine(headers);
        });
        return out;
    }

    private org.eclipse.jetty.client.Request changed(Exchange exchange) {
        var message = exchange.request();
        var out = to(message.target(), message.method());
        var hops = new Hops(message.headers().all("Connection"));
        out.headers(headers -> {
            message.headers().forEach((name, value) -> {
                if (passes(name, hops)) {
                    headers.add(name, value);
                }
            });
            if (message.hostChanged()) {
                headers.put(HttpHeader.HOST, message.host());
            }
            oneCookieLine(headers);
        });
        return out;
    }

    private org.eclipse.jetty.client.Request to(@Nullable String target, String method) {
        return client.newRequest(config.at(target == null || target.isEmpty() ? "/" : target))
                .method(method)
                .version(HttpVersion.HTTP_1_1)
                .idleTimeout(config.upstreamTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Length and host are the client library's; it waits for no "100 Continue".
    private static boolean passes(String name, Hops hops) {
        return !hops.contains(name)
                && !name.equalsIgnoreCase("Host")
                && !name.equalsIgnoreCase("Content-Length")
                && !name.equalsIgnoreCase("Expect");
    }

    /// HTTP/2 may bring cookies one by one, HTTP/1.1 allows one line.
    private static void oneCookieLine(HttpFields.Mutable headers) {
        var lines = headers.getValuesList(HttpHeader.COOKIE);
        if (lines.size() > 1) {
            headers.put(HttpHeader.COOKIE, String.join("; ", lines));
        }
    }

    private static void forwarded(Request request, org.eclipse.jetty.client.Request out) {
        out.headers(headers -> {
            headers.add(HttpHeader.VIA, VIA);
            headers.add(HttpHeader.X_FORWARDED_FOR, Request.getRemoteAddr(request));
            headers.put(HttpHeader.X_FORWARDED_PROTO, request.isSecure() ? "https" : "http");
            var host = RequestCopy.host(request);
            if (!host.isEmpty()) {
                headers.put(HttpHeader.X_FORWARDED_HOST, host);
            }
        });
    }

    private void body(Request request, @Nullable Exchange exchange, org.eclipse.jetty.client.Request out) {
        var changed = exchange == null ? null : exchange.request().body();
        if (changed != null) {
            if (changed.length > 0 || request.getLength() > 0) {
                out.body(new BytesRequestContent((String) null, changed));
            }
            return;
        }
        var length = request.getLength();
        var first = length > 0 ? null : request.read();
        if (first != null && first.isLast() && !first.hasRemaining()) {
            first.release();
            if (!Content.Chunk.isFailure(first)) {
                return;
            }
        }
        var body = new LimitedBody(request, first, length, config.maxBody());
        out.body(new ContentSourceRequestContent(body, (String) null));
    }

    /// All that is the client's.
    void copyHeaders(org.eclipse.jetty.client.Response from, Response to) {
        to.setStatus(from.getStatus());
        var hops = new Hops(from.getHeaders().getValuesList(HttpHeader.CONNECTION));
        for (var field : from.getHeaders()) {
            if (!hops.contains(field.getName())) {
                to.getHeaders().add(field);
            }
        }
        to.getHeaders().add(HttpHeader.VIA, VIA);
    }

    /// All that is the client's.
    void copyHeaders(org.eclipse.jetty.client.Response from, ResponseMessage to) {
        to.status(from.getStatus());
        var hops = new Hops(from.getHeaders().getValuesList(HttpHeader.CONNECTION));
        for (var field : from.getHeaders()) {
            if (!hops.contains(field.getName()) && field.getValue() != null) {
                to.headers().add(field.getName(), field.getValue());
            }
        }
        to.headers().add("Via", VIA);
    }
}
