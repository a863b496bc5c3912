package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Headers;
import dev.wasmscope.plugins.gateway.filter.RequestMessage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/// A request of the server as one for the filter.
final class RequestCopy {
    private RequestCopy() {}

    static RequestMessage of(Request request) {
        var headers = new Headers();
        for (var field : request.getHeaders()) {
            // The host has functions of its own, and HTTP/2 sends it under another name.
            if (field.getHeader() != HttpHeader.HOST && field.getValue() != null) {
                headers.add(field.getName(), field.getValue());
            }
        }
        var uri = request.getHttpURI();
        var version = request.getConnectionMetaData().getHttpVersion();
        var origin = new RequestMessage.Origin(
                Request.getRemoteAddr(request),
                request.isSecure() ? "https" : "http",
                version == HttpVersion.HTTP_2 ? "HTTP/2.0" : version.asString());
        return new RequestMessage(origin, request.getMethod(), host(request), uri.getPathQuery(), headers);
    }

    /// As the client named it.
    static String host(Request request) {
        var uri = request.getHttpURI();
        var authority = uri.getAuthority();
        if (authority != null) {
            return authority;
        }
        var host = request.getHeaders().get("Host");
        return host == null ? "" : host;
    }
}
