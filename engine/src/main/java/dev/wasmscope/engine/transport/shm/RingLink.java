package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.transport.Link;
import dev.wasmscope.engine.transport.Peer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/// The server's side of one client's rings, and the socket over which they were offered.
///
/// Until the client attaches, the socket is still its way: it may have no access to the memory, and go on as before.
final class RingLink implements Link {
    private static final Logger LOG = System.getLogger(RingLink.class.getName());

    private final SharedMemoryServer server;
    private final Peer peer;
    private final Link socket;
    private final RingFile file;
    private final RingConsumer requests;
    private final RingProducer replies;
    private final LinuxCalls linux;
    private final ByteBuffer bells = ByteBuffer.allocateDirect(64);
    private int descriptor;
    private boolean attached;
    private boolean reading = true;
    private boolean writing;
    private boolean closed;

    RingLink(SharedMemoryServer server, Peer peer, RingFile.Made made, LinuxCalls linux) {
        this.server = server;
        this.peer = peer;
        this.linux = linux;
        file = made.file();
        descriptor = made.descriptor();
        requests = file.consumer();
        replies = file.producer();
        socket = peer.link();
    }

    /// Does what is ready.
    ///
    /// @return whether there was anything
    boolean serve() {
        if (!attached && !attachesNow()) {
            return false;
        }
        var found = false;
        if (reading && requests.hasBytes()) {
            found = true;
            peer.readable();
        }
        if (writing && !closed && ready()) {
            found = true;
            peer.writable();
        }
        return found;
    }

    /// Makes the rings the client's way, if it has just opened them.
    boolean attachesNow() {
        if (attached || !file.clientPresent()) {
            return false;
        }
        attached = true;
        closeDescriptor();
        peer.switchTo(this);
        socket.interest(true, false);
        return true;
    }

    /// Nobody else needs to find it any more.
    private void closeDescriptor() {
        try {
            if (descriptor >= 0) {
                linux.close(descriptor);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The descriptor of a ring could not be closed", e);
        }
        descriptor = -1;
    }

    boolean ready() {
        if (!attached) {
            return file.clientPresent();
        }
        try {
            return (reading && requests.hasBytes()) || (writing && replies.hasRoom());
        } catch (RingBrokenException e) {
            // Writing meets it again and says so.
            return true;
        }
    }

    void sleeps(int how) {
        requests.ownWaiting().sleeps(how);
        replies.ownWaiting().sleeps(writing ? how : RingLayout.AWAKE);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            var read = requests.read(target);
            if (read > 0) {
                wake(requests.producerWaiting());
            }
            return read;
        } catch (RingBrokenException e) {
            throw broken(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            var written = replies.write(source);
            if (written > 0) {
                wake(replies.consumerWaiting());
            }
            return written;
        } catch (RingBrokenException e) {
            throw broken(e);
        }
    }

    private void wake(WaitingWord client) throws IOException {
        // A client sleeps on its futex only, whatever it says.
        if (client.take() != RingLayout.AWAKE) {
            linux.futexWake(client.address());
        }
    }

    private RingBrokenException broken(RingBrokenException e) {
        LOG.log(Level.WARNING, "The client " + name() + " is cut off. " + e.getMessage());
        return e;
    }

    /// What comes over the socket while the ring is in use: bells, or the end.
    @Override
    public boolean signalled() throws IOException {
        int read;
        do {
            read = socket.read(bells.clear());
            if (read < 0) {
                throw new IOException("it has ended its connection");
            }
            for (var i = 0; i < read; i++) {
                if (bells.get(i) != SharedMemory.BELL) {
                    throw strayRequest(name());
                }
            }
        } while (read == bells.capacity());
        return false;
    }

    static IOException strayRequest(String client) {
        LOG.log(
                Level.WARNING,
                "The client " + client + " is cut off: it sends requests over its socket while its ring is open.");
        return new IOException("it sends requests over its socket");
    }

    @Override
    public void interest(boolean read, boolean write) {
        reading = read;
        writing = write;
    }

    @Override
    public String name() {
        return attached ? socket.name() + " (shared memory)" : socket.name();
    }

    @Override
    public void close() {
        socket.close();
        release();
    }

    /// Lets go of the memory.
    void release() {
        if (closed) {
            return;
        }
        closed = true;
        reading = false;
        writing = false;
        server.closed(this);
        file.serverState(RingLayout.GONE);
        try {
            linux.futexWake(replies.consumerWaiting().address());
            linux.futexWake(requests.producerWaiting().address());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A client could not be woken", e);
        }
        closeDescriptor();
        file.close();
    }
}
