package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.transport.TcpEndpoint;
import dev.wasmscope.engine.transport.UnixEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a server listens.
///
/// @param tcp empty for none
/// @param unix empty for none
record Addresses(Optional<Tcp> tcp, Optional<Path> unix) {
    static final Tcp USUAL = new Tcp("127.0.0.1", 6379);

    /// @param port 0 for any free one
    record Tcp(String host, int port) {
        /// @throws IllegalArgumentException with a sentence
        static Tcp parse(String text) {
            var colon = text.lastIndexOf(':');
            var host = text.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
            try {
                var port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 0 && port <= 65_535) {
                    return new Tcp(host.isEmpty() ? USUAL.host() : host, port);
                }
            } catch (NumberFormatException e) {
                // The sentence below says it.
            }
            throw new IllegalArgumentException(
                    "--tcp takes HOST:PORT with a port of 0 to 65535, such as 127.0.0.1:6379, not %s.".formatted(text));
        }

        InetAddress address() {
            try {
                return InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(
                        "There is no host named %s; give an address of this machine such as 127.0.0.1.".formatted(host),
                        e);
            }
        }
    }

    /// Whether nobody but this machine's users can reach it.
    boolean local() {
        return tcp.isEmpty() || tcp.get().address().isLoopbackAddress();
    }

    List<Endpoint> listen() throws IOException {
        var all = new ArrayList<Endpoint>();
        try {
            if (tcp.isPresent()) {
                all.add(new TcpEndpoint(tcp.get().address(), tcp.get().port()));
            }
            if (unix.isPresent()) {
                all.add(new UnixEndpoint(unix.get()));
            }
            return all;
        } catch (IOException e) {
            for (var endpoint : all) {
                endpoint.close();
            }
            throw e;
        }
    }
}
