package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One client of an [EventLoop]. Used by the thread that runs the loop only.
///
/// What is sent waits here and leaves at the end of the turn. A client that does not read is first no longer read
/// from, then cut off.
public final class Peer {
    private static final Logger LOG = System.getLogger(EventLoop.class.getName());
    /// So that one client's long request or answer does not hold up the others.
    private static final long MOST_A_TURN = 1 << 20;
    private static final int KEPT_REST = 1 << 20;
    /// Who sends so much at once has more on its way: it is read on, so that what others say later comes later.
    private static final int LARGE_READ = 16 << 10;
    /// Output of a client that does not take it.
    private static final long SLOW = 64 << 10;

    private final EventLoop loop;
    private Link link;
    private final OutputQueue out;
    private State state = State.OPEN;
    private @Nullable PeerHandler handler;
    /// What the handler left, with room behind it.
    private @Nullable ByteBuffer rest;
    private boolean paused;
    private boolean slow;
    /// Whether the loop has it in its list of those with output.
    private boolean listed;
    /// Whether bytes of an earlier turn have not left yet.
    private boolean owing;

    private enum State {
        OPEN,
        /// What waits is still sent.
        CLOSING,
        /// The handler does not know yet.
        LOST,
        CLOSED
    }

    Peer(EventLoop loop, Link link) {
        this.loop = loop;
        this.link = link;
        out = new OutputQueue(loop.chunks());
    }

    void handler(PeerHandler newHandler) {
        handler = newHandler;
    }

    private PeerHandler handler() {
        if (handler == null) {
            throw new IllegalStateException("The client has no handler yet.");
        }
        return handler;
    }

    /// For logs: `127.0.0.1:40122`.
    public String name() {
        return link.name();
    }

    /// Bytes that wait for the client.
    public long pending() {
        return out.size();
    }

    public boolean open() {
        return state == State.OPEN;
    }

    /// Copies all of it.
    public void send(ByteBuffer bytes) {
        if (sending()) {
            out.add(bytes);
            check();
        }
    }

    /// Copies a range; the buffer's position stays.
    public void send(ByteBuffer bytes, int from, int length) {
        if (sending()) {
            out.add(bytes, from, length);
            check();
        }
    }

    public void send(byte[] bytes) {
        if (sending()) {
            out.add(bytes);
            check();
        }
    }

    public void send(byte single) {
        if (sending()) {
            out.add(single);
            check();
        }
    }

    private boolean sending() {
        if (state != State.OPEN && state != State.CLOSING) {
            return false;
        }
        list();
        return true;
    }

    private void list() {
        if (!listed) {
            listed = true;
            loop.hasOutput(this);
        }
    }

    private void check() {
        var limits = loop.limits();
        if (out.size() > limits.cutOffAt()) {
            cutOff("%d bytes of output wait for it, and the limit is %d".formatted(out.size(), limits.cutOffAt()));
        } else if (out.size() > limits.pauseAt() && loop.chunks().exhausted()) {
            cutOff("%d bytes of output wait for it, and all clients together may have %d"
                    .formatted(out.size(), limits.total()));
        }
    }

    /// Sends this instead of what was sent in this turn, which must not leave. A client that still waits for bytes of
    /// an earlier turn gets nothing: these would land in the middle of an answer.
    public void retract(byte[] lastWords) {
        if (out.size() > 0 && !owing && sending()) {
            out.discard();
            out.add(lastWords);
            flush();
        }
    }

    /// Nothing more is read; what waits is sent, then the stream ends.
    public void close() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            list();
        }
    }

    /// Nothing is read until [#resume()]: whoever sends has to wait.
    public void pause() {
        paused = true;
        watch();
    }

    /// What the handler left comes again, and reading goes on.
    public void resume() {
        if (paused) {
            paused = false;
            watch();
            loop.execute(this::redeliver);
        }
    }

    private void cutOff(String reason) {
        LOG.log(Level.WARNING, "The client " + name() + " is cut off: " + reason + ".");
        lose();
    }

    /// The handler is told by the loop when it is not in the middle of something.
    private void lose() {
        if (state != State.LOST && state != State.CLOSED) {
            state = State.LOST;
            out.discard();
            rest = null;
            link.close();
            loop.lost(this);
        }
    }

    void tellHandler() {
        state = State.CLOSED;
        if (handler != null) {
            handler.closed();
        }
    }

    /// The loop ends.
    void abandon() {
        lose();
    }

    /// The way its bytes take.
    public Link link() {
        return link;
    }

    /// From now on they take this one. Nothing may be on its way.
    public void switchTo(Link other) {
        link = other;
        watch();
    }

    /// The link takes output again. Called by a selector, or by whoever asks the link.
    public void writable() {
        list();
    }

    /// The socket that the loop watches for the client is ready.
    void signalled() {
        try {
            if (link.signalled()) {
                readable();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /// The link has input. Called by a selector, or by whoever asks the link.
    public void readable() {
        var read = 0L;
        int now;
        do {
            now = readSome();
            read += now;
        } while (now >= LARGE_READ && read < MOST_A_TURN);
    }

    private boolean reading() {
        return state == State.OPEN
                && !paused
                && (kept() || out.size() <= loop.limits().pauseAt());
    }

    private boolean kept() {
        return handler != null && handler.keepsForSlow();
    }

    private void lookWhetherSlow() {
        var most = Math.min(SLOW, loop.limits().pauseAt());
        var now = out.size() > (slow ? most / 2 : most);
        if (now != slow && handler != null) {
            slow = now;
            handler.slow(now);
            // It may have something to do about it.
            loop.wake();
        }
    }

    /// @return bytes
    private int readSome() {
        if (!reading()) {
            return 0;
        }
        var in = rest == null ? loop.in() : rest;
        try {
            var length = link.read(in);
            if (length < 0) {
                end();
                return 0;
            }
            deliver(in.flip());
            return length;
        } catch (IOException e) {
            failed(e);
            return 0;
        }
    }

    private void redeliver() {
        if (rest != null && state == State.OPEN && !paused) {
            try {
                deliver(rest.flip());
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /// The peer is gone: what waits for it is of no use unless it only ended its own half.
    private void end() {
        if (out.size() == 0) {
            lose();
        } else {
            close();
        }
    }

    private void deliver(ByteBuffer in) throws IOException {
        try {
            if (in.hasRemaining()) {
                handler().received(in);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client " + name() + " is closed: " + e.getMessage());
            close();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Serving the client " + name() + " failed; it is cut off", e);
            lose();
        }
        if (state == State.OPEN) {
            keep(in);
        } else {
            // The loop's own buffer, perhaps: the next client must find it empty.
            in.clear();
        }
    }

    private void keep(ByteBuffer in) throws IOException {
        var kept = rest;
        if (kept == null) {
            if (in.hasRemaining()) {
                rest = ByteBuffer.allocateDirect(in.remaining() * 2).put(in);
            }
            in.clear();
        } else if (kept.hasRemaining()) {
            kept.compact();
            if (!kept.hasRemaining()) {
                rest = larger(kept);
            }
        } else if (kept.capacity() > KEPT_REST) {
            rest = null;
        } else {
            kept.clear();
        }
    }

    private ByteBuffer larger(ByteBuffer full) throws IOException {
        var limit = loop.limits().request();
        if (full.capacity() >= limit) {
            throw new IOException("A request has more than %d bytes.".formatted(limit));
        }
        return ByteBuffer.allocateDirect((int) Math.min(full.capacity() * 2L, limit))
                .put(full.flip());
    }

    private void failed(IOException e) {
        LOG.log(Level.DEBUG, "The client " + name() + " is gone: " + e.getMessage());
        lose();
    }

    /// Sends what the client takes; the rest when it takes more.
    void flush() {
        listed = false;
        if (state != State.OPEN && state != State.CLOSING) {
            return;
        }
        try {
            out.writeTo(link, MOST_A_TURN);
            owing = out.size() > 0;
        } catch (IOException e) {
            failed(e);
            return;
        }
        if (out.size() == 0 && state == State.CLOSING) {
            lose();
        } else {
            lookWhetherSlow();
            watch();
        }
    }

    private void watch() {
        if (state == State.OPEN || state == State.CLOSING) {
            link.interest(reading(), out.size() > 0);
        }
    }
}
