package dev.wasmscope.plugins.gateway.filter;

import java.util.concurrent.atomic.AtomicBoolean;

/// One request on the version of the filter that it began on.
public final class FilterRun implements AutoCloseable {
    private final FilterVersion version;
    private final AtomicBoolean over = new AtomicBoolean();

    FilterRun(FilterVersion version) {
        this.version = version;
    }

    public int version() {
        return version.number();
    }

    /// Whether the request's body has to be there before [#onRequest].
    public boolean readsRequest() {
        return version.traits().readsRequest();
    }

    /// Whether the response's body has to be there before [#onResponse].
    public boolean readsResponse() {
        return version.traits().readsResponse();
    }

    public boolean seesResponse() {
        return !version.traits().onResponse().isEmpty();
    }

    /// On the caller's thread, which is the guest's for so long.
    public FilterOutcome onRequest(Exchange exchange) {
        return version.traits().onRequest() ? version.run(FilterTraits.RUN, exchange) : new FilterOutcome.Continue();
    }

    /// On the caller's thread, which is the guest's for so long.
    public FilterOutcome onResponse(Exchange exchange) {
        return seesResponse() ? version.run(version.traits().onResponse(), exchange) : new FilterOutcome.Continue();
    }

    /// The request has ended.
    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            version.leave();
        }
    }
}
