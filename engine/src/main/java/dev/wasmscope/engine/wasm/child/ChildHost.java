package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The child's side: hands what the parent orders to ordinary sessions and reports back.
///
/// The parent's snapshot of a session is as fresh as the last report. Reports precede every answer, so that who has
/// an answer sees its effects, and follow each other while something is under way.
public final class ChildHost {
    /// A frame of a window that shows a running guest.
    private static final long REPORT_MS = 16;

    private final Function<SessionRequest, CompletableFuture<Session>> opener;
    private final OutputStream out;
    private final Map<Integer, Reported> sessions = new ConcurrentHashMap<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final Condition busy = sending.newCondition();
    private int underWay;

    /// @param opener of sessions in this process
    public ChildHost(Function<SessionRequest, CompletableFuture<Session>> opener, OutputStream out) {
        this.opener = opener;
        this.out = out;
    }

    /// Serves until the parent's end of the pipe closes, which the kernel does also for a parent that was killed.
    public void serve(InputStream in) throws IOException {
        send(new FromChild(0, 0, new FromChild.Hello(FromChild.VERSION)));
        Thread.ofPlatform().daemon().name("session reports").start(this::reportWhileBusy);
        for (FrameReader frame; (frame = FrameReader.next(in, Integer.MAX_VALUE)) != null; ) {
            perform(ToChildCodec.read(frame));
        }
    }

    private void perform(ToChild message) {
        switch (message.order()) {
            case ToChild.Open(var request, var links) -> open(message, request, links);
            case ToChild.Call(var request) -> answer(message, s -> s.call(request), FromChild.Called::new);
            case ToChild.Read(var memory, var address, var length) ->
                answer(message, s -> s.read(memory, address, length), FromChild.Copied::new);
            case ToChild.Write(var memory, var address, var bytes) ->
                answer(message, s -> s.write(memory, address, bytes), FromChild.Written::new);
            case ToChild.LastChanges(var memory, var most) ->
                answer(message, s -> s.lastChanges(memory, most), FromChild.Changed::new);
            case ToChild.Undo() -> answer(message, Session::undo, FromChild.Undone::new);
            case ToChild.Globals() -> answer(message, Session::globals, FromChild.Globals::new);
            case ToChild.Stop() -> {
                var session = sessions.get(message.session());
                if (session != null) {
                    session.session().stop();
                }
            }
            case ToChild.TraceWasi(var on) -> {
                var session = sessions.get(message.session());
                if (session != null) {
                    session.session().traceWasi(on);
                }
            }
            case ToChild.Close() -> {
                var session = sessions.remove(message.session());
                if (session != null) {
                    session.session().close();
                }
            }
        }
    }

    private void open(ToChild message, SessionRequest request, Map<String, Integer> links) {
        var linked = new HashMap<String, Session>();
        for (var link : links.entrySet()) {
            var session = sessions.get(link.getValue());
            if (session == null) {
                begin();
                var closed = "The session linked as \"%s\" is closed. Open it again.".formatted(link.getKey());
                finish(message, new FromChild.Failed(FromChild.Failed.Kind.SESSION, closed, Optional.empty()));
                return;
            }
            linked.put(link.getKey(), session.session());
        }
        begin();
        var _ = opener.apply(request.withLinks(linked)).whenComplete((session, failure) -> {
            if (session == null) {
                finish(message, failed(failure));
            } else {
                sessions.put(message.session(), new Reported(message.session(), session));
                finish(message, new FromChild.Opened(session.info()));
            }
        });
    }

    private <T> void answer(
            ToChild message, Function<Session, CompletableFuture<T>> work, Function<T, FromChild.News> news) {
        begin();
        var known = sessions.get(message.session());
        if (known == null) {
            finish(
                    message,
                    new FromChild.Failed(FromChild.Failed.Kind.SESSION, "The session was closed.", Optional.empty()));
            return;
        }
        var _ = work.apply(known.session())
                .whenComplete(
                        (value, failure) -> finish(message, failure == null ? news.apply(value) : failed(failure)));
    }

    private static FromChild.Failed failed(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Optional<CallOutcome> none = Optional.empty();
        return switch (cause) {
            case SessionException e ->
                new FromChild.Failed(FromChild.Failed.Kind.SESSION, String.valueOf(e.getMessage()), e.outcome());
            case IndexOutOfBoundsException e ->
                new FromChild.Failed(FromChild.Failed.Kind.RANGE, String.valueOf(e.getMessage()), none);
            case null, default -> new FromChild.Failed(FromChild.Failed.Kind.OTHER, String.valueOf(cause), none);
        };
    }

    private void begin() {
        sending.lock();
        try {
            underWay++;
            busy.signal();
        } finally {
            sending.unlock();
        }
    }

    private void finish(ToChild message, FromChild.News news) {
        FrameWriter answer;
        try {
            answer = FromChildCodec.write(new FromChild(message.ask(), message.session(), news));
        } catch (OutOfMemoryError e) {
            var sentence = "The answer does not fit into what memory the child process has left. Ask for less at once.";
            answer = FromChildCodec.write(new FromChild(
                    message.ask(),
                    message.session(),
                    new FromChild.Failed(FromChild.Failed.Kind.SESSION, sentence, Optional.empty())));
        }
        sending.lock();
        try {
            underWay--;
            report();
            answer.sendTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sending.unlock();
        }
    }

    private void reportWhileBusy() {
        try {
            while (true) {
                awaitWork();
                Thread.sleep(REPORT_MS);
                sending.lock();
                try {
                    report();
                } finally {
                    sending.unlock();
                }
            }
        } catch (InterruptedException | IOException e) {
            // The parent is gone; who reads from it ends this process.
        }
    }

    private void awaitWork() throws InterruptedException {
        sending.lock();
        try {
            while (underWay == 0) {
                busy.await();
            }
        } finally {
            sending.unlock();
        }
    }

    private void report() throws IOException {
        for (var session : sessions.values()) {
            for (var news : session.news()) {
                FromChildCodec.write(new FromChild(0, session.number(), news)).sendTo(out);
            }
        }
    }

    private void send(FromChild message) throws IOException {
        sending.lock();
        try {
            FromChildCodec.write(message).sendTo(out);
        } finally {
            sending.unlock();
        }
    }
}
