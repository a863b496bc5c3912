package dev.wasmscope.plugins.redisshm;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;

/// A client that does what it likes with the memory, written from docs/shm-protocol.md alone.
final class RawRing implements AutoCloseable {
    static final int REQUESTS = 0x200;
    static final int REPLIES = 0x400;
    static final int TAIL = 0x000;
    static final int HEAD = 0x080;
    static final int CAPACITY = 0x10000;

    private static final int CLIENT_STATE = 0x0C0;
    private static final int DATA = 0x1000;

    private final SocketChannel socket;
    private final MappedByteBuffer file;
    private long written;
    private long read;

    RawRing(Path server) throws IOException {
        socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(server));
        socket.write(ascii("*2\r\n$8\r\nSHM.OPEN\r\n$1\r\n1\r\n"));
        var answer = ByteBuffer.allocate(8192);
        var path = Pattern.compile("/proc/\\d+/fd/\\d+");
        String found = null;
        while (found == null) {
            socket.read(answer);
            var matcher = path.matcher(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII));
            found = matcher.find() && answer.get(answer.position() - 1) == '\n' ? matcher.group() : null;
        }
        try (var channel = FileChannel.open(Path.of(found), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            file.order(ByteOrder.nativeOrder());
        }
        file.putInt(CLIENT_STATE, 1);
    }

    /// Puts as much into the request ring as there is room for.
    ///
    /// @return how many bytes that were
    int put(String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        var room = CAPACITY - (int) (written - file.getLong(REQUESTS + HEAD));
        var count = Math.min(room, bytes.length);
        for (var i = 0; i < count; i++) {
            file.put(DATA + (int) ((written + i) % CAPACITY), bytes[i]);
        }
        written += count;
        setLong(REQUESTS + TAIL, written);
        if (count > 0) {
            bell();
        }
        return count;
    }

    /// Takes so many bytes out of the reply ring, as they come.
    String take(int length, Duration patience) throws IOException, InterruptedException {
        var text = new byte[length];
        var until = System.nanoTime() + patience.toNanos();
        for (var taken = 0; taken < length; ) {
            var there = (int) Math.min(length - taken, getLong(REPLIES + TAIL) - read);
            for (var i = 0; i < there; i++) {
                text[taken + i] = file.get(DATA + CAPACITY + (int) ((read + i) % CAPACITY));
            }
            if (there > 0) {
                taken += there;
                read += there;
                setLong(REPLIES + HEAD, read);
                bell();
            } else if (System.nanoTime() - until > 0) {
                throw new IOException("Of %d bytes only %d have come.".formatted(length, taken));
            } else {
                Thread.sleep(1);
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    /// Wakes a server that sleeps at its sockets.
    void bell() {
        say("\n");
    }

    /// Over the socket.
    void say(String text) {
        try {
            socket.write(ascii(text));
        } catch (IOException e) {
            // It has been cut off already.
        }
    }

    long getLong(int at) {
        VarHandle.acquireFence();
        return file.getLong(at);
    }

    void setLong(int at, long value) {
        VarHandle.releaseFence();
        file.putLong(at, value);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
