package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.transport.EventLoop;
import dev.wasmscope.engine.transport.OutputLimits;
import dev.wasmscope.engine.transport.TcpEndpoint;
import dev.wasmscope.engine.transport.UnixEndpoint;
import dev.wasmscope.engine.transport.shm.SharedMemoryServer;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The process behind [EchoTarget]: serves the path it is given and any free port, waiting as it is told,
/// until it is killed.
final class EchoServer {
    /// Printed before the port when both endpoints serve.
    static final String READY = "echo ";

    private EchoServer() {}

    public static void main(String[] arguments) throws IOException {
        var unix = new UnixEndpoint(Path.of(arguments[0]));
        var tcp = new TcpEndpoint(0);
        var echo = new EchoService();
        try (var loop = new EventLoop(echo, OutputLimits.DEFAULT)) {
            var strategy = WaitStrategy.of(arguments[1]);
            SharedMemoryServer.listen(
                    loop,
                    echo,
                    List.of(unix, tcp),
                    WaitStrategy.whereAvailable().map(_ -> strategy));
            System.out.println(READY + tcp.port());
            loop.run();
        }
    }
}
