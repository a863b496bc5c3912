package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The client's side.
final class SharedMemoryConnection implements Connection {
    private static final long PARK_NANOS = 50_000;
    /// Looks between two at the clock and at the other side's life.
    private static final int LOOKS = 32;

    private final Connection control;
    private final RingFile file;
    private final RingProducer requests;
    private final RingConsumer replies;
    private final WaitStrategy strategy;
    private final LinuxCalls linux;
    private final String address;
    private final SpinBudget readBudget = new SpinBudget();
    private final SpinBudget writeBudget = new SpinBudget();
    private final ByteBuffer bell = ByteBuffer.allocateDirect(1).put(0, SharedMemory.BELL);
    private volatile boolean serverGone;
    private volatile boolean closed;

    SharedMemoryConnection(Connection control, RingFile file, WaitStrategy strategy, LinuxCalls linux, String address) {
        this.control = control;
        this.file = file;
        this.strategy = strategy;
        this.linux = linux;
        this.address = address;
        requests = file.producer();
        replies = file.consumer();
        file.clientState(RingLayout.PRESENT);
        Thread.ofVirtual().name("shm-control").start(this::watchControl);
    }

    /// The server says nothing here; that it ends is the news.
    private void watchControl() {
        var unexpected = ByteBuffer.allocate(64);
        try {
            while (control.read(unexpected.clear(), Duration.ZERO) >= 0) {
                // Nothing that the protocol knows.
            }
        } catch (IOException e) {
            // The connection is gone just as well.
        }
        serverGone = true;
        wakeOwn();
    }

    private void wakeOwn() {
        try {
            linux.futexWake(replies.ownWaiting().address());
            linux.futexWake(requests.ownWaiting().address());
        } catch (IOException | IllegalStateException e) {
            // Closed meanwhile: nobody sleeps there any more.
        }
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("The buffer to read into is full.");
        }
        try {
            var until = timeout.isZero() ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
            while (true) {
                var gone = serverGone;
                var read = replies.read(target);
                if (read > 0) {
                    wake(replies.producerWaiting());
                    return read;
                }
                if (closed) {
                    throw closedMeanwhile();
                }
                if (gone) {
                    return -1;
                }
                if (!await(Side.READER, until)) {
                    throw late(timeout);
                }
            }
        } catch (IllegalStateException e) {
            throw whileClosed(e);
        }
    }

    private SocketTimeoutException late(Duration timeout) throws IOException {
        close();
        return new SocketTimeoutException(
                "%s sent nothing for %d ms; the connection was closed.".formatted(address, timeout.toMillis()));
    }

    /// The memory is no longer mapped.
    private IOException whileClosed(IllegalStateException e) {
        if (!closed) {
            throw e;
        }
        return closedMeanwhile();
    }

    private IOException closedMeanwhile() {
        return new IOException("The connection to %s was closed while it waited.".formatted(address));
    }

    private void wake(WaitingWord server) throws IOException {
        switch (server.take()) {
            case RingLayout.FUTEX -> linux.futexWake(server.address());
            case RingLayout.DOORBELL -> ring();
            default -> {
                // It is awake.
            }
        }
    }

    private synchronized void ring() throws IOException {
        control.write(bell.rewind());
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                if (closed) {
                    throw closedMeanwhile();
                }
                if (serverGone) {
                    throw new IOException("%s ended the connection.".formatted(address));
                }
                if (requests.write(source) > 0) {
                    wake(requests.consumerWaiting());
                } else {
                    await(Side.WRITER, Long.MAX_VALUE);
                }
            }
        } catch (IllegalStateException e) {
            throw whileClosed(e);
        }
    }

    private enum Side {
        READER,
        WRITER
    }

    private boolean ready(Side side) throws RingBrokenException {
        return side == Side.READER ? replies.hasBytes() : requests.hasRoom();
    }

    private WaitingWord word(Side side) {
        return side == Side.READER ? replies.ownWaiting() : requests.ownWaiting();
    }

    /// @return false when the time was over first; true when it is ready, or the server is gone
    private boolean await(Side side, long until) throws IOException {
        var budget = side == Side.READER ? readBudget : writeBudget;
        if (spun(side, budget, until)) {
            budget.hit();
            return true;
        }
        budget.miss();
        while (!ready(side) && !serverGone) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            sleep(side);
        }
        return true;
    }

    /// @return whether it became ready, or the server was gone, while this spun
    private boolean spun(Side side, SpinBudget budget, long until) throws RingBrokenException {
        var begin = System.nanoTime();
        while (true) {
            for (var i = 0; i < LOOKS; i++) {
                if (ready(side)) {
                    return true;
                }
                Thread.onSpinWait();
            }
            var now = System.nanoTime();
            if (serverGone) {
                return true;
            }
            if (now - until >= 0 || (strategy != WaitStrategy.SPIN && now - begin > budget.nanos())) {
                return false;
            }
        }
    }

    private void sleep(Side side) throws IOException {
        if (strategy == WaitStrategy.PARK) {
            LockSupport.parkNanos(PARK_NANOS);
            return;
        }
        var word = word(side);
        word.sleeps(RingLayout.FUTEX);
        try {
            if (!ready(side) && !serverGone) {
                linux.futexWait(word.address(), RingLayout.FUTEX);
            }
        } finally {
            word.sleeps(RingLayout.AWAKE);
        }
    }

    @Override
    public boolean alive() {
        return !serverGone && !closed;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        file.clientState(RingLayout.GONE);
        try {
            control.close();
        } finally {
            serverGone = true;
            wakeOwn();
            file.close();
        }
    }
}
