package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.UnixTransport;
import java.nio.file.Path;

/// The way to a server from the text in a plan.
final class ProbeTransports {
    private ProbeTransports() {}

    /// @throws IllegalArgumentException with a sentence
    static Transport of(PlannedSeries series) {
        return switch (series.transport()) {
            case "tcp" -> tcp(series.address());
            case "unix" -> new UnixTransport(Path.of(series.address()));
            default ->
                throw new IllegalArgumentException(
                        "The probe knows the transports tcp and unix, not " + series.transport());
        };
    }

    private static Transport tcp(String address) {
        int colon = address.lastIndexOf(':');
        try {
            var host = address.substring(0, Math.max(0, colon)).replaceAll("^\\[|\\]$", "");
            return TcpTransport.plain(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A TCP address is HOST:PORT, not " + address, e);
        }
    }
}
