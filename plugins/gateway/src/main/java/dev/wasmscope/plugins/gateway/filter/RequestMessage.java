package dev.wasmscope.plugins.gateway.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as a filter sees and changes it. One thread at a time.
public final class RequestMessage {
    private final Origin origin;
    private final Headers headers;
    private String method;
    private String host;
    private String escapedPath;
    private String query;
    private byte @Nullable [] body;
    private boolean hostChanged;

    /// Where a request came from: nothing of it can be changed.
    ///
    /// @param proto `HTTP/1.1`, `HTTP/2.0`
    public record Origin(String realIp, String scheme, String proto) {}

    /// @param target path and query as they came, escaped: `/a%20b?c=d`
    public RequestMessage(Origin origin, String method, String host, String target, Headers headers) {
        this.origin = origin;
        this.method = method;
        this.host = host;
        this.headers = headers;
        var mark = target.indexOf('?');
        this.escapedPath = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? "" : target.substring(mark + 1);
    }

    public Origin origin() {
        return origin;
    }

    public Headers headers() {
        return headers;
    }

    public String method() {
        return method;
    }

    void method(String name) {
        method = Words.token("method", name);
    }

    public String host() {
        return host;
    }

    void host(String name) {
        host = Words.host(name);
        hostChanged = true;
    }

    /// Whether a filter chose the host, so that the upstream server is to be asked for it.
    public boolean hostChanged() {
        return hostChanged;
    }

    public String escapedPath() {
        return escapedPath;
    }

    String path() {
        return PathText.unescaped(escapedPath);
    }

    /// @param path without escapes
    void path(String path) {
        escapedPath = PathText.escaped(path.startsWith("/") ? path : "/" + path);
    }

    public String query() {
        return query;
    }

    void query(String text) {
        query = Words.query(text);
    }

    /// Path and query, escaped.
    public String target() {
        return query.isEmpty() ? escapedPath : escapedPath + "?" + query;
    }

    /// Null while it streams past the filter.
    public byte @Nullable [] body() {
        return body;
    }

    public void body(byte[] bytes) {
        body = bytes;
    }

    /// Each as `name=value`.
    List<String> cookies() {
        var cookies = new ArrayList<String>();
        for (var line : headers.all("Cookie")) {
            for (var cookie : line.split(";", -1)) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
        return cookies;
    }

    /// @return `name=value`, or an empty string
    String cookie(String name) {
        return cookies().stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElse("");
    }

    void addCookie(String cookie) {
        var before = headers.first("Cookie");
        headers.set("Cookie", before.isEmpty() ? cookie : before + "; " + cookie);
    }
}
