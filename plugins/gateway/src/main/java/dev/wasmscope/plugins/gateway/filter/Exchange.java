package dev.wasmscope.plugins.gateway.filter;

import java.util.ArrayList;
import java.util.List;

/// A request and its response on their way through the filter. One thread at a time.
public final class Exchange {
    private final RequestMessage request;
    private final ResponseMessage response = new ResponseMessage();
    private final List<String> tags = new ArrayList<>();

    public Exchange(RequestMessage request) {
        this.request = request;
    }

    public RequestMessage request() {
        return request;
    }

    public ResponseMessage response() {
        return response;
    }

    /// What the filter said about this request.
    public List<String> tags() {
        return tags;
    }
}
