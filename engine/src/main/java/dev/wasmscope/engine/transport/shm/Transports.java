package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.UnixTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ways to a server on this machine.
public final class Transports {
    private Transports() {}

    /// Of a server that listens on loopback and on a socket, and offers shared memory where there is such.
    public static List<Transport> local(int port, Path socket) {
        var unix = new UnixTransport(socket);
        var all = new ArrayList<Transport>(List.of(TcpTransport.plain("127.0.0.1", port), unix));
        if (SharedMemoryTransport.available()) {
            all.add(new SharedMemoryTransport(unix));
        }
        return List.copyOf(all);
    }

    /// Of a server on these endpoints, with shared memory over the last of them where it is offered.
    public static List<Transport> of(List<Endpoint> endpoints, Optional<WaitStrategy> sharedMemory) {
        var all = new ArrayList<Transport>();
        endpoints.forEach(endpoint -> all.add(endpoint.transport()));
        if (sharedMemory.isPresent() && !all.isEmpty()) {
            all.add(new SharedMemoryTransport(all.getLast()));
        }
        return all;
    }

    /// From the text of a plan.
    ///
    /// @param id as [Transport#id()]
    /// @param address as [Transport#address()]
    /// @throws IllegalArgumentException with a sentence
    public static Transport of(String id, String address, WaitStrategy strategy) {
        return switch (id) {
            case "tcp" -> tcp(address);
            case "unix" -> new UnixTransport(Path.of(address));
            case SharedMemory.ID ->
                new SharedMemoryTransport(
                        address.startsWith("/") ? new UnixTransport(Path.of(address)) : tcp(address), strategy);
            default ->
                throw new IllegalArgumentException("There are the transports tcp, unix and shm, not %s.".formatted(id));
        };
    }

    /// @param address `HOST:PORT`
    /// @throws IllegalArgumentException with a sentence
    public static Transport tcp(String address) {
        var colon = address.lastIndexOf(':');
        try {
            var host = address.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
            return TcpTransport.plain(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A TCP address is HOST:PORT, not %s.".formatted(address), e);
        }
    }
}
