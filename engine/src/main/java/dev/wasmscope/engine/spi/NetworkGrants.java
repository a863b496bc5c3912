package dev.wasmscope.engine.spi;

import java.util.List;

/// Whom a guest may talk to over the network. Nobody unless granted.
///
/// @param connect hosts and ports that it may connect to; names among these, and no others, are resolved for it
/// @param listen addresses of this machine that it may listen at; port 0 lets the system choose one
public record NetworkGrants(List<Peer> connect, List<Peer> listen) {
    public static final NetworkGrants NONE = new NetworkGrants(List.of(), List.of());

    public NetworkGrants {
        connect = List.copyOf(connect);
        listen = List.copyOf(listen);
        for (var peer : connect) {
            if (peer.port == 0) {
                throw new IllegalArgumentException("%s has no port to connect to.".formatted(peer));
            }
        }
    }

    /// @return whether nothing is granted
    public boolean none() {
        return connect.isEmpty() && listen.isEmpty();
    }

    /// @param connect `HOST:PORT` each
    /// @param listen `HOST:PORT` each
    /// @throws IllegalArgumentException with a sentence
    public static NetworkGrants parse(List<String> connect, List<String> listen) {
        return new NetworkGrants(
                connect.stream().map(Peer::parse).toList(),
                listen.stream().map(Peer::parse).toList());
    }

    /// @param host a name, or an address without brackets
    public record Peer(String host, int port) {
        private static final int HIGHEST = 65_535;

        public Peer {
            if (host.isBlank()) {
                throw new IllegalArgumentException("A host is missing before port %d.".formatted(port));
            }
            if (port < 0 || port > HIGHEST) {
                throw new IllegalArgumentException("A port is 0 to %d, not %d.".formatted(HIGHEST, port));
            }
        }

        /// @param text `example.org:80`, `127.0.0.1:8080`, `[::1]:8080`
        /// @throws IllegalArgumentException with a sentence
        public static Peer parse(String text) {
            var colon = text.lastIndexOf(':');
            var host = colon < 0 ? "" : text.substring(0, colon);
            var bracketed = host.startsWith("[") && host.endsWith("]");
            if (host.isBlank() || (host.contains(":") && !bracketed)) {
                throw new IllegalArgumentException("HOST:PORT or [ADDRESS]:PORT is wanted, not %s.".formatted(text));
            }
            try {
                return new Peer(
                        bracketed ? host.substring(1, host.length() - 1) : host,
                        Integer.parseInt(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("%s has no port after its colon.".formatted(text), e);
            }
        }

        @Override
        public String toString() {
            return host.contains(":") ? "[%s]:%d".formatted(host, port) : "%s:%d".formatted(host, port);
        }
    }
}
