package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Filter;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Every request of the gateway's own address.
final class ProxyHandler extends Handler.Abstract {
    private final Upstream upstream;
    private final @Nullable Filter filter;
    private final Traffic traffic;

    ProxyHandler(Upstream upstream, @Nullable Filter filter, Traffic traffic) {
        this.upstream = upstream;
        this.filter = filter;
        this.traffic = traffic;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var run = filter == null ? null : filter.begin();
        new Passage(upstream, traffic, run, new Passage.Exchanging(request, response, callback)).begin();
        return true;
    }
}
