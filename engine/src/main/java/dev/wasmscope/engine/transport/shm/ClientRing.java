package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.RingPositions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A client's ends of both rings, and how it waits at them. One thread reads and one writes, which may be two; anyone
/// may nudge and close.
final class ClientRing implements AutoCloseable {
    private static final long PARK_NANOS = 50_000;
    /// Looks between two at the clock.
    private static final int LOOKS = 32;

    private final Connection control;
    private final RingFile file;
    private final RingProducer requests;
    private final RingConsumer replies;
    private final WaitStrategy strategy;
    private final LinuxCalls linux;
    private final SpinBudget readBudget = new SpinBudget();
    private final SpinBudget writeBudget = new SpinBudget();
    private final ByteBuffer bell = ByteBuffer.allocateDirect(1).put(0, SharedMemory.BELL);
    private volatile boolean nudged;

    /// Attaches: from now on the server looks into the ring.
    ///
    /// @param control stays the caller's to close
    ClientRing(Connection control, RingFile file, WaitStrategy strategy, LinuxCalls linux) {
        this.control = control;
        this.file = file;
        this.strategy = strategy;
        this.linux = linux;
        requests = file.producer();
        replies = file.consumer();
        file.clientState(RingLayout.PRESENT);
    }

    /// Takes what is there.
    ///
    /// @return how many bytes that were
    int read(ByteBuffer target) throws IOException {
        var read = replies.read(target);
        if (read > 0) {
            wake(replies.producerWaiting());
        }
        return read;
    }

    /// What could be read at once, to be looked at before [#skip]. It is the server's to change meanwhile.
    ByteBuffer window() throws IOException {
        return replies.window();
    }

    /// Lets go of bytes of the window.
    void skip(int bytes) throws IOException {
        replies.skip(bytes);
        wake(replies.producerWaiting());
    }

    /// Puts in what there is room for.
    ///
    /// @return how many bytes that were
    int write(ByteBuffer source) throws IOException {
        var written = requests.write(source);
        if (written > 0) {
            wake(requests.consumerWaiting());
        }
        return written;
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

    /// Something else than bytes has come: whoever waits here looks around.
    void nudge() {
        nudged = true;
        try {
            rouse(replies.ownWaiting());
            rouse(requests.ownWaiting());
        } catch (IOException | IllegalStateException e) {
            // Closed meanwhile: nobody sleeps there any more.
        }
    }

    /// Also one who is only about to sleep: the word has changed under it.
    private void rouse(WaitingWord own) throws IOException {
        if (own.take() != RingLayout.AWAKE) {
            linux.futexWake(own.address());
        }
    }

    /// To be called before one looks around.
    void calm() {
        nudged = false;
    }

    /// @return false when the time was over first; true when there are bytes, or a nudge
    boolean awaitReply(long until) throws IOException {
        return await(Side.READER, until);
    }

    /// @return false when the time was over first; true when there is room, or a nudge
    boolean awaitRoom(long until) throws IOException {
        return await(Side.WRITER, until);
    }

    private enum Side {
        READER,
        WRITER
    }

    private boolean ready(Side side) throws RingBrokenException {
        return nudged || (side == Side.READER ? replies.hasBytes() : requests.hasRoom());
    }

    private boolean await(Side side, long until) throws IOException {
        var budget = side == Side.READER ? readBudget : writeBudget;
        var begin = System.nanoTime();
        if (spun(side, budget, begin, until)) {
            budget.hit();
            return true;
        }
        var ready = ready(side);
        while (!ready && System.nanoTime() - until < 0) {
            sleep(side, until);
            ready = ready(side);
        }
        budget.slept(System.nanoTime() - begin);
        return ready;
    }

    private boolean spun(Side side, SpinBudget budget, long begin, long until) throws RingBrokenException {
        while (true) {
            for (var i = 0; i < LOOKS; i++) {
                if (ready(side)) {
                    return true;
                }
                Thread.onSpinWait();
            }
            var now = System.nanoTime();
            if (now - until >= 0 || (strategy != WaitStrategy.SPIN && now - begin > budget.nanos())) {
                return false;
            }
        }
    }

    private void sleep(Side side, long until) throws IOException {
        if (strategy == WaitStrategy.PARK) {
            LockSupport.parkNanos(Math.min(PARK_NANOS, until - System.nanoTime()));
            return;
        }
        var word = side == Side.READER ? replies.ownWaiting() : requests.ownWaiting();
        word.sleeps(RingLayout.FUTEX);
        try {
            if (!ready(side)) {
                linux.futexWait(word.address(), RingLayout.FUTEX, until - System.nanoTime());
            }
        } finally {
            word.sleeps(RingLayout.AWAKE);
        }
    }

    /// @param detours as the connection has counted them
    Optional<RingPositions> positions(long detours) {
        try {
            return Optional.of(new RingPositions(
                    file.look(RingLayout.REQUESTS, requests.capacity()),
                    file.look(RingLayout.REPLIES, replies.capacity()),
                    detours));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    int requestBytes() {
        return requests.capacity();
    }

    int replyBytes() {
        return replies.capacity();
    }

    /// Lets go of the memory; who waits here meets an [IllegalStateException].
    @Override
    public void close() {
        file.clientState(RingLayout.GONE);
        nudge();
        file.close();
    }
}
