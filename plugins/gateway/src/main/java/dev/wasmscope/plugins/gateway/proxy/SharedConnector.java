package dev.wasmscope.plugins.gateway.proxy;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/// Listens to clients and to upstream servers by the same selectors.
///
/// Usually a client library has selectors of its own. Then the thread that gets an upstream server's answer wakes the
/// other one to listen to the client again, by a byte through a pipe, for every request.
final class SharedConnector extends ServerConnector {
    private final Upstreams upstreams = new Upstreams();

    SharedConnector(Server server, Executor executor, int selectors, ConnectionFactory... factories) {
        super(server, executor, null, null, 1, selectors, factories);
    }

    /// For the client library. Connects while this one runs.
    ClientConnector upstreams() {
        return upstreams;
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Both(executor, scheduler, selectors);
    }

    /// What concerns upstream servers it hands on: the client library knows them by a map of its own.
    private final class Both extends ServerConnectorManager {
        private final Set<EndPoint> ofUpstreams = ConcurrentHashMap.newKeySet();

        Both(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(
                SelectableChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
            if (!(key.attachment() instanceof Map)) {
                return super.newEndPoint(channel, selector, key);
            }
            var made = (SocketChannelEndPoint) upstreams.manager().newEndPoint(channel, selector, key);
            ofUpstreams.add(made);
            return made;
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object context)
                throws IOException {
            return ofUpstreams.contains(endPoint)
                    ? upstreams.manager().newConnection(channel, endPoint, context)
                    : super.newConnection(channel, endPoint, context);
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            if (!ofUpstreams.contains(endPoint)) {
                super.endPointOpened(endPoint);
            }
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            if (!ofUpstreams.remove(endPoint)) {
                super.endPointClosed(endPoint);
            }
        }

        @Override
        public void connectionOpened(Connection connection, Object context) {
            if (context instanceof Map) {
                upstreams.manager().connectionOpened(connection, context);
            } else {
                super.connectionOpened(connection, context);
            }
        }

        @Override
        protected void connectionSucceeded(SelectableChannel channel) {
            upstreams.manager().connectionSucceeded(channel);
        }

        @Override
        protected void connectionFailed(SelectableChannel channel, Throwable failure, Object context) {
            upstreams.manager().connectionFailed(channel, failure, context);
        }
    }

    private final class Upstreams extends ClientConnector {
        Upstreams() {
            // The library wants one of its own; nothing is ever registered there.
            setSelectors(1);
        }

        @Override
        protected SelectorManager newSelectorManager() {
            return new Lent(getExecutor(), getScheduler());
        }

        Lent manager() {
            return (Lent) getSelectorManager();
        }

        private final class Lent extends ClientSelectorManager {
            Lent(Executor executor, Scheduler scheduler) {
                super(executor, scheduler, 1);
            }

            @Override
            public void connect(SelectableChannel channel, Object context) {
                SharedConnector.this.getSelectorManager().connect(channel, context);
            }

            @Override
            public void accept(SelectableChannel channel, Object context) {
                SharedConnector.this.getSelectorManager().accept(channel, context);
            }

            // For the other manager.
            @Override
            protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
                return super.newEndPoint(channel, selector, key);
            }

            @Override
            protected void connectionFailed(SelectableChannel channel, Throwable failure, Object context) {
                super.connectionFailed(channel, failure, context);
            }
        }
    }
}
