package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.transport.TcpEndpoint;
import dev.wasmscope.engine.transport.UnixEndpoint;
import java.io.IOException;
import java.nio.file.Path;

/// The process behind [EchoTarget]: serves the path it is given and any free port, a thread a client, until it is
/// killed.
final class EchoServer {
    /// Printed before the port when both endpoints serve.
    static final String READY = "echo ";

    private final EchoStore store = new EchoStore();

    private EchoServer() {}

    public static void main(String[] arguments) throws IOException {
        var server = new EchoServer();
        var unix = new UnixEndpoint(Path.of(arguments[0]));
        var tcp = new TcpEndpoint(0);
        server.serve(unix, "echo-unix");
        server.serve(tcp, "echo-tcp");
        var address = tcp.transport().address();
        System.out.println(READY + address.substring(address.lastIndexOf(':') + 1));
    }

    private void serve(Endpoint endpoint, String name) {
        Thread.ofPlatform().name(name).start(() -> {
            try (endpoint) {
                while (true) {
                    var connection = endpoint.accept();
                    Thread.ofPlatform().daemon().name(name + "-client").start(() -> answer(connection));
                }
            } catch (IOException e) {
                System.err.println(name + ": " + e.getMessage());
            }
        });
    }

    private void answer(Connection connection) {
        try (connection) {
            new EchoSession(connection, store).run();
        } catch (IOException e) {
            // A client that goes or speaks nonsense ends its own session only.
        }
    }
}
