package dev.wasmscope.engine.console;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.UnixTransport;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.Transports;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The server that a console talks to, and the way to it.
///
/// @param owned ended with the console
record ConsoleServer(Transport transport, Owned owned) implements AutoCloseable {
    static final List<String> TRANSPORTS = List.of("tcp", "unix", "shm", "in-process");

    /// A server of the console's own; nothing for one that was there before.
    @FunctionalInterface
    interface Owned {
        void close() throws IOException;
    }

    /// @param target `wasm`, `native`, `HOST:PORT`, or the path of a socket
    /// @param wanted empty for the target's usual transport
    /// @param wait of the console at shared memory, and of a server that is started for it
    /// @throws IOException with a sentence when there is no such server, or it does not start
    static ConsoleServer start(String target, Optional<String> wanted, WaitStrategy wait, Directories directories)
            throws IOException {
        var server = start(target, wanted, directories, wait);
        return server.transport() instanceof SharedMemoryTransport shared
                ? new ConsoleServer(
                        new SharedMemoryTransport(shared.control(), wait, shared.orControl()), server.owned())
                : server;
    }

    private static ConsoleServer start(
            String target, Optional<String> wanted, Directories directories, WaitStrategy wait) throws IOException {
        return switch (target) {
            case "wasm" -> wasm(wanted.orElse("in-process"), directories, wait);
            case "native" -> {
                var redis = NativeRedis.start(directories, wait);
                var way = redis.transport(wanted.orElse("unix"));
                if (way.isEmpty()) {
                    redis.close();
                    throw new IOException(redis.refusal()
                            .filter(why -> wanted.equals(Optional.of(SharedMemoryTransport.ID)))
                            .orElse("The native Redis is another process: choose tcp, unix or shm."));
                }
                yield new ConsoleServer(way.get(), redis::close);
            }
            default -> new ConsoleServer(address(target, wanted), () -> {});
        };
    }

    private static ConsoleServer wasm(String wanted, Directories directories, WaitStrategy wait) throws IOException {
        if (!wanted.equals("in-process")) {
            var redis = ServedRedis.start(directories, wait);
            return new ConsoleServer(redis.transport(wanted).orElseThrow(), redis::close);
        }
        var server = new WasmServer(Runtimes.builtIn().getFirst());
        return new ConsoleServer(server.start().transports().getFirst(), server::close);
    }

    private static Transport address(String target, Optional<String> wanted) throws IOException {
        var usual = target.startsWith("/") ? new UnixTransport(Path.of(target)) : tcp(target);
        return switch (wanted.orElse(usual.id())) {
            case "shm" -> new SharedMemoryTransport(usual);
            case String id when id.equals(usual.id()) -> usual;
            case String id ->
                throw new IOException("%s is reached over %s or shm, not %s.".formatted(target, usual.id(), id));
        };
    }

    private static Transport tcp(String target) throws IOException {
        try {
            return Transports.tcp(target);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "A target is wasm, native, HOST:PORT or the path of a socket, not %s.".formatted(target), e);
        }
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}
