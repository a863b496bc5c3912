package dev.wasmscope.plugins.redisshm;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a real socket that answers `SHM.OPEN` with what it is told, and a few commands as Redis does.
final class HostileServer implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel socket;
    private final byte[] offer;
    private final Runnable afterwards;
    private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();

    /// @param offer the answer to `SHM.OPEN`; of no bytes: the connection is closed instead
    /// @param afterwards done when a client has said something else
    HostileServer(Path path, byte[] offer, Runnable afterwards) throws IOException {
        this.path = path;
        this.offer = offer;
        this.afterwards = afterwards;
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().name("hostile-server").start(this::accept);
    }

    /// An offer of this memory.
    static byte[] offer(String path, String size, String nonce, String... more) {
        var words = new ArrayList<>(List.of("version", "1", "path", path, "size", size, "nonce", nonce));
        words.addAll(List.of(more));
        var text = new StringBuilder("*%d\r\n".formatted(words.size()));
        for (var word : words) {
            text.append("$%d\r\n%s\r\n".formatted(word.length(), word));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] offer(MemoryFile file, String... more) {
        return offer(file.path(), String.valueOf(MemoryFile.SIZE), Long.toHexString(MemoryFile.NONCE), more);
    }

    String address() {
        return path.toString();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                clients.add(client);
                Thread.ofVirtual().name("hostile-server").start(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                var in = Channels.newInputStream(client)) {
            while (true) {
                var words = new ArrayList<String>();
                for (var left = Integer.parseInt(line(in).substring(1)); left > 0; left--) {
                    var length = Integer.parseInt(line(in).substring(1));
                    words.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
                    var _ = in.readNBytes(2);
                }
                var answer = answer(words);
                if (answer.length == 0) {
                    return;
                }
                client.write(ByteBuffer.wrap(answer));
            }
        } catch (IOException | RuntimeException e) {
            // The client has gone.
        }
    }

    private static String line(java.io.InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the end");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private byte[] answer(List<String> words) {
        var name = words.getFirst();
        if (name.equals("SHM.OPEN")) {
            return offer;
        }
        afterwards.run();
        var text = switch (name) {
            case "PING" -> "+PONG\r\n";
            case "HELLO" -> "-ERR unknown command 'HELLO'\r\n";
            case "INFO" -> "$20\r\nredis_version:7.0.15\r\n";
            default -> "+OK\r\n";
        };
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var client : clients) {
            client.close();
        }
    }
}
