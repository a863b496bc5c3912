package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Filter;
import java.io.IOException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// A reverse proxy for HTTP/1.1 and HTTP/2 with a Wasm module as its filter, from its start until it is closed.
///
/// The thread that reads a request runs the guest for it, so no thread is woken for the filter's sake; where the guest
/// takes its time another one listens in its place ([Workers]), so one that loops holds up its own request only.
public final class Gateway implements AutoCloseable {
    private static final int THREADS = 200;
    private static final int UPSTREAM_CONNECTIONS = 256;
    /// Threads that wait for bytes, of clients and of the upstream server: each does what the bytes ask for.
    private static final int LISTENERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final long STOP_MILLIS = 2_000;

    private final GatewayConfig config;
    private final @Nullable Filter filter;
    private final Traffic traffic = new Traffic();
    private final Server server;
    private final Workers workers;
    private final HttpClient client;
    private final ServerConnector connector;
    private final @Nullable ServerConnector admin;

    /// Listens when it returns.
    ///
    /// @param filter closed with the gateway; null for none
    /// @param reread gives the module's present bytes, for `POST /reload`
    /// @throws IOException with a sentence when an address is taken
    public Gateway(GatewayConfig config, @Nullable Filter filter, ModuleSupply reread) throws IOException {
        this.config = config;
        this.filter = filter;
        var threads = new QueuedThreadPool(THREADS);
        threads.setName("gateway");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.workers = new Workers(threads);
        var shared = new SharedConnector(server, workers, LISTENERS, factories());
        this.client = client(config, shared.upstreams(), workers);
        this.connector = shared;
        connector.setName("gateway");
        connector.setHost(config.listen().getHostString());
        connector.setPort(config.listen().getPort());
        server.addConnector(connector);
        this.admin =
                config.admin().isPresent() ? new ServerConnector(server, workers, null, null, 1, 1, factories()) : null;
        if (admin != null) {
            admin.setName("admin");
            admin.setHost(config.admin().orElseThrow().getHostString());
            admin.setPort(config.admin().orElseThrow().getPort());
            server.addConnector(admin);
        }
        server.setHandler(new Switch(
                new ProxyHandler(new Upstream(config, client, workers), filter, traffic),
                new AdminHandler(traffic, filter, reread)));
        server.addManaged(client);
        server.setStopTimeout(STOP_MILLIS);
        start();
    }

    private void start() throws IOException {
        try {
            workers.start();
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException("The gateway cannot listen on %s: %s".formatted(config.listen(), e.getMessage()), e);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
        client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
    }

    private static HttpClient client(GatewayConfig config, ClientConnector connector, Workers workers) {
        var client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(workers);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxConnectionsPerDestination(UPSTREAM_CONNECTIONS);
        client.setConnectTimeout(config.upstreamTimeout().toMillis());
        // The same as that of each request: where it is longer, a timer is set anew for each of them.
        client.setIdleTimeout(config.upstreamTimeout().toMillis());
        return client;
    }

    private static ConnectionFactory[] factories() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // The upstream server's date is the answer's.
        http.setSendDateHeader(false);
        // Whether a//b is a/b is the upstream server's affair. What a filter could misread, a%2F..%2Fb say, is refused.
        http.setUriCompliance(UriCompliance.DEFAULT.with("gateway", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        return new ConnectionFactory[] {new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)};
    }

    /// Which of the two addresses a request came to.
    private static final class Switch extends Handler.Abstract {
        private final Handler proxy;
        private final Handler admin;

        Switch(Handler proxy, Handler admin) {
            this.proxy = proxy;
            this.admin = admin;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var own = "admin"
                    .equals(request.getConnectionMetaData().getConnector().getName());
            return (own ? admin : proxy).handle(request, response, callback);
        }
    }

    /// Where it listens.
    public int port() {
        return connector.getLocalPort();
    }

    /// Where it tells of itself; 0 where it does not.
    public int adminPort() {
        return admin == null ? 0 : admin.getLocalPort();
    }

    public GatewayConfig config() {
        return config;
    }

    public Traffic traffic() {
        return traffic;
    }

    public @Nullable Filter filter() {
        return filter;
    }

    /// Requests under way are given two seconds to end.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // What did not stop is a daemon and ends with the program.
            server.setStopAtShutdown(false);
        }
        workers.stop();
        if (filter != null) {
            filter.close();
        }
    }
}
