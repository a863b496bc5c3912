package dev.wasmscope.engine.wasi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One TCP socket of a guest. The channels below never block: waiting happens in [SocketWait], where a deadline
/// reaches it.
final class GuestSocket implements AutoCloseable {
    private final StandardProtocolFamily family;
    private final SocketWait waiting;
    private State state = new Fresh(null);
    private boolean nonBlocking;
    private long receiveNanos = SocketWait.NO_LIMIT;
    private long sendNanos = SocketWait.NO_LIMIT;
    private Errno error = Errno.SUCCESS;

    private sealed interface State {}

    /// @param at where it was bound to, if it was
    private record Fresh(@Nullable InetSocketAddress at) implements State {}

    private record Stream(SocketChannel channel) implements State {}

    private record Listening(ServerSocketChannel channel) implements State {}

    GuestSocket(StandardProtocolFamily family, SocketWait waiting) {
        this.family = family;
        this.waiting = waiting;
    }

    private GuestSocket(StandardProtocolFamily family, SocketWait waiting, SocketChannel accepted) {
        this(family, waiting);
        state = new Stream(accepted);
    }

    void bind(InetSocketAddress at) throws WasiFailure {
        if (!(state instanceof Fresh(var bound)) || bound != null) {
            throw new WasiFailure(Errno.INVAL, "The socket is bound already.");
        }
        state = new Fresh(at);
    }

    /// @throws WasiFailure EINVAL unless it was bound
    void listen(int backlog) throws IOException {
        if (!(state instanceof Fresh(var at)) || at == null) {
            throw new WasiFailure(Errno.INVAL, "The socket is bound to nothing.");
        }
        var server = ServerSocketChannel.open(family);
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(at, Math.max(1, backlog));
            server.configureBlocking(false);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        state = new Listening(server);
    }

    GuestSocket accept() throws IOException {
        if (!(state instanceof Listening(var server))) {
            throw new WasiFailure(Errno.INVAL, "The socket does not listen.");
        }
        var accepted = server.accept();
        while (accepted == null) {
            waitFor(SelectionKey.OP_ACCEPT, receiveNanos);
            accepted = server.accept();
        }
        accepted.configureBlocking(false);
        return new GuestSocket(family, waiting, accepted);
    }

    void connect(InetSocketAddress to) throws IOException {
        if (state instanceof Stream(var channel)) {
            throw new WasiFailure(
                    channel.isConnectionPending() ? Errno.ALREADY : Errno.ISCONN, "The socket was connected already.");
        }
        if (!(state instanceof Fresh(var at)) || at != null) {
            throw new WasiFailure(Errno.NOTSUP, "A bound socket does not connect here.");
        }
        var channel = SocketChannel.open(family);
        try {
            channel.configureBlocking(false);
            channel.connect(to);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        state = new Stream(channel);
        if (nonBlocking && channel.isConnectionPending()) {
            throw new WasiFailure(Errno.INPROGRESS, "The connection is on its way.");
        }
        connected();
    }

    /// The connected channel.
    ///
    /// @throws WasiFailure ENOTCONN when there is none
    private SocketChannel connected() throws IOException {
        if (!(state instanceof Stream(var channel)) || !channel.isOpen()) {
            throw new WasiFailure(Errno.NOTCONN, "The socket is not connected.");
        }
        while (channel.isConnectionPending()) {
            if (!settle(channel)) {
                waitFor(SelectionKey.OP_CONNECT, sendNanos);
            }
        }
        if (!channel.isConnected()) {
            throw new WasiFailure(Errno.NOTCONN, "The connection failed.");
        }
        return channel;
    }

    private boolean settle(SocketChannel channel) throws IOException {
        try {
            return channel.finishConnect();
        } catch (IOException e) {
            error = WasiFailure.errnoOf(e);
            channel.close();
            throw e;
        }
    }

    /// @return -1 at the end of the stream
    int read(ByteBuffer into) throws IOException {
        var channel = connected();
        var count = channel.read(into);
        while (count == 0 && into.hasRemaining()) {
            waitFor(SelectionKey.OP_READ, receiveNanos);
            count = channel.read(into);
        }
        return count;
    }

    int write(ByteBuffer from) throws IOException {
        var channel = connected();
        var count = channel.write(from);
        while (count == 0 && from.hasRemaining()) {
            waitFor(SelectionKey.OP_WRITE, sendNanos);
            count = channel.write(from);
        }
        return count;
    }

    private void waitFor(int operation, long nanos) throws IOException {
        if (nonBlocking) {
            throw new WasiFailure(Errno.AGAIN, "The socket does not block and is not ready.");
        }
        waiting.until(channel().orElseThrow(), operation, nanos);
    }

    void shutdown(boolean input, boolean output) throws IOException {
        var channel = connected();
        if (input) {
            channel.shutdownInput();
        }
        if (output) {
            channel.shutdownOutput();
        }
    }

    /// What poll_oneoff is to wait for, and whether there is anything to wait for at all.
    ///
    /// @return the operation of the channel; 0 when the socket is ready by failing at once
    int interest(boolean writing) {
        return switch (state) {
            case Fresh _ -> 0;
            case Listening _ -> writing ? 0 : SelectionKey.OP_ACCEPT;
            case Stream(var channel) ->
                !channel.isOpen()
                        ? 0
                        : channel.isConnectionPending()
                                ? SelectionKey.OP_CONNECT
                                : writing ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        };
    }

    /// A connection under way that became ready is one, or has failed, from here on.
    void settle() {
        if (state instanceof Stream(var channel) && channel.isConnectionPending()) {
            try {
                settle(channel);
            } catch (IOException e) {
                // The guest asks for it by SO_ERROR.
            }
        }
    }

    /// The error of a connection that was made without blocking, once.
    Errno takeError() {
        settle();
        var taken = error;
        error = Errno.SUCCESS;
        return taken;
    }

    Optional<SelectableChannel> channel() {
        return switch (state) {
            case Fresh _ -> Optional.empty();
            case Stream(var channel) -> Optional.of(channel);
            case Listening(var channel) -> Optional.of(channel);
        };
    }

    InetSocketAddress local() throws IOException {
        var at = switch (state) {
            case Fresh(var bound) -> bound;
            case Stream(var channel) -> channel.getLocalAddress();
            case Listening(var channel) -> channel.getLocalAddress();
        };
        if (at instanceof InetSocketAddress known) {
            return known;
        }
        throw new WasiFailure(Errno.NOTCONN, "The socket has no address yet.");
    }

    InetSocketAddress peer() throws IOException {
        if (connected().getRemoteAddress() instanceof InetSocketAddress known) {
            return known;
        }
        throw new WasiFailure(Errno.NOTCONN, "The socket is not connected.");
    }

    boolean listening() {
        return state instanceof Listening;
    }

    boolean nonBlocking() {
        return nonBlocking;
    }

    void nonBlocking(boolean wanted) {
        nonBlocking = wanted;
    }

    long receiveNanos() {
        return receiveNanos;
    }

    void receiveNanos(long nanos) {
        receiveNanos = nanos;
    }

    long sendNanos() {
        return sendNanos;
    }

    void sendNanos(long nanos) {
        sendNanos = nanos;
    }

    @Override
    public void close() throws IOException {
        var open = channel();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
