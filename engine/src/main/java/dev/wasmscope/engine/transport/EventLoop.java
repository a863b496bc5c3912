package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Serves many clients on one thread: waits until some can be read or written, handles what they sent, lets the
/// service commit, and only then lets the answers leave.
///
/// Whoever calls [#run()] is that thread. Steady traffic allocates nothing here.
public final class EventLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final int READ = 256 * 1024;
    private static final int ACCEPTED_A_TURN = 64;

    private final LoopService service;
    private final OutputLimits limits;
    private final Selector selector;
    private final ChunkPool chunks;
    private ByteBuffer in = ByteBuffer.allocateDirect(READ);
    /// For a stand-in's reads, while what the loop has read is still being handled.
    private @Nullable ByteBuffer spare;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final PolledSources sources = new PolledSources();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<Peer> peers = new HashSet<>();
    private ArrayList<SelectionKey> ready = new ArrayList<>();
    private final ArrayList<Peer> outputs = new ArrayList<>();
    private final ArrayList<Peer> lost = new ArrayList<>();
    private final Consumer<SelectionKey> collect = this::found;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable Thread runner;

    public EventLoop(LoopService service, OutputLimits limits) throws IOException {
        this.service = service;
        this.limits = limits;
        selector = Selector.open();
        chunks = new ChunkPool(limits.total());
    }

    /// Takes over the endpoint: the loop accepts, and closes it. Before [#run()].
    ///
    /// @param endpoint a [TcpEndpoint] or a [UnixEndpoint]
    public void listen(Endpoint endpoint) throws IOException {
        listen(endpoint, service);
    }

    /// The same, with the clients going to another service on this loop; that service's turns are not called.
    public void listen(Endpoint endpoint, LoopService other) throws IOException {
        var channel = switch (endpoint) {
            case TcpEndpoint tcp -> tcp.channel();
            case UnixEndpoint unix -> unix.channel();
            default ->
                throw new IllegalArgumentException(
                        "No selector watches %s.".formatted(endpoint.transport().id()));
        };
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT, other);
        endpoints.add(endpoint);
    }

    /// Asks this source, too, from the next turn on. On the loop's thread, or before [#run()].
    public void join(PolledSource source) {
        sources.add(source);
    }

    /// A way to the loop from its own process.
    public Transport inProcess() {
        return inProcess(service);
    }

    /// The same, with the clients going to another service on this loop; that service's turns are not called.
    public Transport inProcess(LoopService other) {
        return new InProcessTransport(this, other);
    }

    /// Whether [#close()] was called, perhaps by a thread that still waits for the loop. From any thread.
    public boolean ended() {
        return stopping || ended.getCount() == 0;
    }

    /// Runs something on the loop's thread, in the next turn. From any thread.
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Ends the loop's sleep. From any thread.
    public void wake() {
        selector.wakeup();
    }

    /// Serves until [#close()].
    ///
    /// @throws IOException when the service must not acknowledge any more, or the selector fails
    public void run() throws IOException {
        synchronized (this) {
            if (stopping) {
                return;
            }
            runner = Thread.currentThread();
        }
        try {
            while (!stopping) {
                turn();
            }
        } finally {
            end();
            ended.countDown();
        }
    }

    /// Takes the loop's turns on this thread, while the loop's own is in the middle of handling a client and touches
    /// nothing of the loop until this returns. That client must be paused.
    ///
    /// @param goOn asked after each turn; [#wake()] ends a turn's sleep
    public void standIn(BooleanSupplier goOn) throws IOException {
        var reading = in;
        var serving = ready;
        if (spare == null) {
            spare = ByteBuffer.allocateDirect(READ);
        }
        in = spare;
        ready = new ArrayList<>();
        try {
            do {
                turn();
            } while (goOn.getAsBoolean());
        } finally {
            in = reading;
            ready = serving;
        }
    }

    private void turn() throws IOException {
        select();
        // A stand-in has a list of its own.
        var mine = ready;
        for (var i = 0; i < mine.size(); i++) {
            serve(mine.get(i));
        }
        mine.clear();
        runTasks();
        tellLost();
        service.turn();
        if (stopping) {
            // Before the last answers leave: who has read them finds nobody to connect to.
            closeEndpoints();
            // A selector lets go of a closed socket when it is asked next.
            selector.selectNow(_ -> {});
        }
        flush();
        tellLost();
    }

    private void runTasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void select() throws IOException {
        var found = sources.poll();
        while (!found && tasks.isEmpty() && !stopping) {
            var idle = service.idleMillis();
            if (idle <= 0) {
                break;
            }
            if (sources.maySleep()) {
                selector.select(collect, idle == Long.MAX_VALUE ? 0 : idle);
                sources.awake();
                sources.socketsSeen();
                return;
            }
            found = sources.pollUntilSockets();
            if (!found && lookAtSockets() > 0) {
                return;
            }
        }
        if (!found || sources.socketsDue()) {
            lookAtSockets();
        }
    }

    private int lookAtSockets() throws IOException {
        sources.socketsSeen();
        return selector.selectNow(collect);
    }

    private void found(SelectionKey key) {
        ready.add(key);
    }

    private void serve(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.channel() instanceof ServerSocketChannel server && key.attachment() instanceof LoopService of) {
            accept(server, of);
        } else if (key.attachment() instanceof Peer peer) {
            if (key.isWritable()) {
                peer.writable();
            }
            peer.signalled();
        }
    }

    private void accept(ServerSocketChannel server, LoopService of) {
        for (var i = 0; i < ACCEPTED_A_TURN; i++) {
            try {
                var channel = server.accept();
                if (channel == null) {
                    return;
                }
                var link = new SocketLink(channel, selector);
                var peer = new Peer(this, link);
                link.attach(peer);
                open(peer, link, of);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "A client could not be accepted: " + e.getMessage());
                return;
            }
        }
    }

    void open(Peer peer, Link link, LoopService of) {
        try {
            peer.handler(of.opened(peer));
            peers.add(peer);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The client " + link.name() + " is not taken: " + e.getMessage());
            link.close();
        }
    }

    private void flush() {
        for (var i = 0; i < outputs.size(); i++) {
            outputs.get(i).flush();
        }
        outputs.clear();
    }

    private void tellLost() {
        for (var i = 0; i < lost.size(); i++) {
            var peer = lost.get(i);
            peers.remove(peer);
            peer.tellHandler();
        }
        lost.clear();
    }

    private void end() {
        // Those who were about to connect find out, too.
        runTasks();
        List.copyOf(peers).forEach(Peer::abandon);
        tellLost();
        sources.close();
        closeEndpoints();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Closing the selector failed", e);
        }
    }

    private void closeEndpoints() {
        for (var endpoint : endpoints) {
            try {
                endpoint.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Closing " + endpoint.transport().address() + " failed", e);
            }
        }
        endpoints.clear();
    }

    OutputLimits limits() {
        return limits;
    }

    ChunkPool chunks() {
        return chunks;
    }

    /// For one read; empty between two.
    ByteBuffer in() {
        return in;
    }

    void hasOutput(Peer peer) {
        outputs.add(peer);
    }

    void lost(Peer peer) {
        lost.add(peer);
    }

    /// Ends the loop, its clients and its endpoints, and waits for it, unless its own thread asks.
    @Override
    public void close() {
        synchronized (this) {
            if (!stopping && runner == null) {
                end();
                ended.countDown();
            }
            stopping = true;
        }
        selector.wakeup();
        if (!Thread.currentThread().equals(runner)) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
