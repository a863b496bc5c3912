package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.RingPositions;
import dev.wasmscope.engine.spi.Rings;
import dev.wasmscope.engine.transport.BytePipe;
import dev.wasmscope.engine.transport.shm.Sent.Answers;
import dev.wasmscope.engine.transport.shm.Sent.Path;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The client's side where a server takes some commands over shared memory, and the rest over the socket: one stream
/// of requests and one of replies, whichever way each command goes.
///
/// A path is left only when it is drained, so that commands are served in the order in which they were written. From
/// the ring to the socket that is waited for; the other way, commands simply stay on the socket until it happens.
final class RoutedConnection implements Connection, Rings {
    private static final long MOMENT_NANOS = 1_000_000;
    private static final long BLINK_NANOS = 20_000;
    private static final int AT_ONCE = 16 * 1024;

    private final Connection control;
    private final RingOpening opening;
    private final String address;
    private final List<HandshakeStep> handshake;
    private final BytePipe inbox = new BytePipe();
    private final Sent.Queue sent = new Sent.Queue();
    private final AnswerStream answers = new AnswerStream(sent, inbox);
    private final RequestRouter router;
    /// Held by whoever sends, and taken before the other one.
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();

    private volatile @Nullable ClientRing ring;
    private volatile Path path = Path.SOCKET;
    /// Nothing goes through shared memory any more.
    private volatile boolean abandoned;
    /// Nor does anybody count replies.
    private volatile boolean raw;
    private volatile boolean serverGone;
    private volatile boolean closed;
    private final AtomicLong detours = new AtomicLong();

    /// @param opening asked again after a login, where it has no ring yet
    RoutedConnection(Connection control, RingOpening opening, String address, List<HandshakeStep> steps) {
        this.control = control;
        this.opening = opening;
        this.address = address;
        handshake = new CopyOnWriteArrayList<>(steps);
        router = new RequestRouter(this);
        Thread.ofVirtual().name("shm-control").start(this::watchControl);
    }

    /// From now on there is a ring.
    void attach(RingOpening.Opened opened) {
        router.takes(opened.routes());
        handshake.addAll(opened.steps());
        ring = opened.ring();
    }

    private void watchControl() {
        var bytes = ByteBuffer.allocate(AT_ONCE);
        try {
            while (control.read(bytes.clear(), Duration.ZERO) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    inbox.awaitRoom();
                    inbox.write(bytes);
                    nudge();
                }
            }
        } catch (IOException e) {
            // The connection is gone just as well.
        }
        serverGone = true;
        inbox.close();
        nudge();
    }

    private void nudge() {
        var open = ring;
        if (open != null) {
            open.nudge();
        }
    }

    // ---- reading

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("The buffer to read into is full.");
        }
        reading.lock();
        try {
            var until = SharedMemory.until(timeout);
            while (true) {
                var gone = look();
                var read = step(target);
                if (read > 0) {
                    return read;
                }
                if (closed) {
                    throw SharedMemory.closedMeanwhile(address);
                }
                var busy = answers.refusing() && sent.empty() && !resent();
                if (gone && !busy) {
                    return -1;
                }
                if (!await(busy ? System.nanoTime() + MOMENT_NANOS : until) && System.nanoTime() - until >= 0) {
                    close();
                    throw SharedMemory.late(address, timeout);
                }
            }
        } catch (IllegalStateException e) {
            throw whileClosed(e);
        } finally {
            reading.unlock();
        }
    }

    /// To be called before one looks for bytes.
    ///
    /// @return whether no more of them will come
    private boolean look() {
        var open = ring;
        if (open != null) {
            open.calm();
        }
        return serverGone;
    }

    private int step(ByteBuffer target) throws IOException {
        return raw ? answers.raw(target) : answers.step(ring, target);
    }

    /// @return false when the time was over first
    private boolean await(long until) throws IOException {
        var open = ring;
        if (open != null) {
            return open.awaitReply(until);
        }
        // Not for long: there may be a ring meanwhile.
        var left = Math.clamp(until - System.nanoTime(), 0, 10 * MOMENT_NANOS);
        return left > 0 && inbox.awaitBytes(left);
    }

    /// Says again over the socket what was sent back, unless somebody else does.
    private boolean resent() throws IOException {
        if (!writing.tryLock()) {
            return false;
        }
        try {
            resend();
            return true;
        } finally {
            writing.unlock();
        }
    }

    private IOException whileClosed(IllegalStateException e) {
        if (!closed) {
            throw e;
        }
        return SharedMemory.closedMeanwhile(address);
    }

    // ---- writing

    @Override
    public void write(ByteBuffer source) throws IOException {
        writing.lock();
        try {
            requireOpen();
            if (raw) {
                control.write(source);
            } else {
                router.write(source);
            }
        } catch (IllegalStateException e) {
            throw whileClosed(e);
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw SharedMemory.closedMeanwhile(address);
        }
        if (serverGone) {
            throw SharedMemory.ended(address);
        }
    }

    /// Whether a command may go through shared memory at once.
    boolean ringReady() {
        return ring != null && !abandoned && !answers.refusing() && (path == Path.RING || sent.empty());
    }

    /// Whether all that was sent has been answered.
    boolean drained() {
        return sent.empty();
    }

    boolean refusing() {
        return answers.refusing();
    }

    boolean hasRing() {
        return ring != null && !abandoned;
    }

    int protocol() {
        return answers.protocol();
    }

    /// Sends commands one way, the other one drained before.
    void send(Sent commands, ByteBuffer source) throws IOException {
        if (commands.path != path) {
            awaitAnswers();
            path = commands.path;
        }
        sent.add(commands);
        var open = ring;
        if (commands.path == Path.RING && open != null) {
            put(open, source);
        } else {
            if (open != null && commands.answers == Answers.CALLER) {
                detours.addAndGet(commands.commands);
            }
            control.write(source);
        }
    }

    private void put(ClientRing open, ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (open.write(source) == 0) {
                requireOpen();
                // The server may read on only when its replies are read.
                if (!readMeanwhile()) {
                    open.awaitRoom(System.nanoTime() + MOMENT_NANOS);
                }
            }
        }
    }

    /// Sends commands of the connection's own.
    ///
    /// @return the last one's reply
    byte[] ask(Path way, byte[] bytes, int commands) throws IOException {
        send(new Sent(way, bytes, commands, Answers.OURS, CommandRoutes.Route.SOCKET, null), ByteBuffer.wrap(bytes));
        while (!sent.empty()) {
            readOrRest();
        }
        return answers.ours();
    }

    /// Waits until all was answered, and what was sent back has been said again.
    void awaitAnswers() throws IOException {
        while (!sent.empty() || answers.refusing()) {
            if (sent.empty()) {
                resend();
            } else {
                readOrRest();
            }
        }
    }

    private void readOrRest() throws IOException {
        requireOpen();
        if (!readMeanwhile()) {
            // Somebody else reads.
            LockSupport.parkNanos(BLINK_NANOS);
        }
    }

    /// Reads for whoever reads next, where nobody does.
    private boolean readMeanwhile() throws IOException {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            var _ = look();
            var bytes = ByteBuffer.allocate(AT_ONCE);
            if (step(bytes) > 0) {
                answers.keep(bytes.flip());
            } else if (!sent.empty()) {
                var _ = await(System.nanoTime() + MOMENT_NANOS);
            }
            return true;
        } finally {
            reading.unlock();
        }
    }

    private void resend() throws IOException {
        if (answers.refusing()) {
            router.resend(answers.takeRefused());
        }
    }

    /// Asks for the ring that was refused before the login.
    void openAfterLogin() throws IOException {
        if (abandoned) {
            return;
        }
        var answer = ask(Path.SOCKET, RingOffer.request(), 1);
        switch (opening.open(control, ByteBuffer.wrap(answer))) {
            case RingOpening.Opened opened -> attach(opened);
            case RingOpening.LoginFirst _ -> {
                // That was no login, or a wrong one.
            }
            case RingOpening.Refused(var reason) -> abandonRing(reason);
        }
    }

    /// From here on all goes over the socket.
    void abandonRing(String reason) {
        abandoned = true;
        handshake.add(new HandshakeStep.Refused(reason));
    }

    /// From here on all goes over the socket, and is passed on as it comes.
    void stayOnSocket(String reason) throws IOException {
        awaitAnswers();
        if (hasRing()) {
            abandonRing(reason);
        }
        raw = true;
    }

    void writeSocket(ByteBuffer source) throws IOException {
        control.write(source);
    }

    // ---- seen from outside

    @Override
    public boolean alive() {
        return !serverGone && !closed;
    }

    @Override
    public Optional<Rings> rings() {
        return Optional.of(this);
    }

    @Override
    public List<HandshakeStep> handshake() {
        return List.copyOf(handshake);
    }

    @Override
    public Optional<RingPositions> positions() {
        return Optional.ofNullable(ring).flatMap(open -> open.positions(detours.get()));
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            control.close();
        } finally {
            serverGone = true;
            inbox.close();
            var open = ring;
            if (open != null) {
                open.close();
            }
        }
    }
}
