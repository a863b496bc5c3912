package dev.wasmscope.plugins.gateway.proxy;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// A server to put behind a gateway where there is none at hand: answers every request with what it says.
public final class DemoServer implements AutoCloseable {
    private static final int THREADS = 16;

    private final Server server;
    private final ServerConnector connector;

    /// Listens on a free loopback port when it returns.
    public DemoServer() throws IOException {
        var threads = new QueuedThreadPool(THREADS);
        threads.setName("gateway-demo");
        threads.setDaemon(true);
        server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Mirror());
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("The demo server cannot listen: " + e.getMessage(), e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    private static final class Mirror extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var text = new StringBuilder();
            text.append(request.getMethod())
                    .append(' ')
                    .append(request.getHttpURI().getPathQuery())
                    .append('\n');
            for (var field : request.getHeaders()) {
                text.append(field.getName())
                        .append(": ")
                        .append(field.getValue())
                        .append('\n');
            }
            response.getHeaders().put("Content-Type", "text/plain; charset=utf-8");
            Content.Sink.write(response, true, text.toString(), callback);
            return true;
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // Its threads are daemons and end with the program.
            server.setStopAtShutdown(false);
        }
    }
}
