package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One child and the conversation with it. Whoever asks only queues; one thread writes and one reads.
final class ChildProcess {
    private static final int BUFFER = 1 << 16;
    private static final int GREETING_BYTES = 64;
    private static final long PATIENCE_S = 5;

    private final Process process;
    private final LinkedBlockingQueue<FrameWriter> outbox = new LinkedBlockingQueue<>();
    private final Map<Long, Pending<?, ?>> pending = new ConcurrentHashMap<>();
    private final Map<Integer, ChildSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong asks = new AtomicLong();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile @Nullable String ended;

    private record Pending<A extends FromChild.News, T>(
            ChildSession session, Class<A> wanted, Function<A, T> value, CompletableFuture<T> answer) {}

    ChildProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("child writer").start(this::writeAll);
        Thread.ofPlatform().daemon().name("child reader").start(this::readAll);
    }

    boolean isAlive() {
        return ended == null;
    }

    /// @throws SessionException when a link leads elsewhere
    CompletableFuture<Session> open(String id, SessionRequest request) {
        var links = links(request.links());
        var session = new ChildSession(id, request.module().name(), numbers.incrementAndGet(), this);
        sessions.put(session.number(), session);
        var answer = ask(
                session,
                new ToChild.Open(request, links),
                FromChild.Opened.class,
                opened -> session.opened(opened.info()));
        var _ = answer.whenComplete((_, failure) -> {
            if (failure != null) {
                forget(session);
            }
        });
        return answer;
    }

    private Map<String, Integer> links(Map<String, Session> wanted) {
        var numbered = new HashMap<String, Integer>();
        wanted.forEach((name, session) -> {
            if (!(session instanceof ChildSession other)) {
                throw new SessionException(
                        "The session linked as \"%s\" lives in another process; linked sessions share one."
                                .formatted(name));
            }
            if (other.ended().isPresent() || other.process() != this) {
                throw new SessionException(
                        "The session linked as \"%s\" is closed. Open %s again.".formatted(name, other.module()));
            }
            numbered.put(name, other.number());
        });
        return numbered;
    }

    <A extends FromChild.News, T> CompletableFuture<T> ask(
            ChildSession session, ToChild.Order order, Class<A> wanted, Function<A, T> value) {
        var over = session.ended();
        if (over.isPresent()) {
            return CompletableFuture.failedFuture(over.get());
        }
        var waiting = new Pending<>(session, wanted, value, new CompletableFuture<T>());
        long ask = asks.incrementAndGet();
        pending.put(ask, waiting);
        outbox.add(ToChildCodec.write(new ToChild(ask, session.number(), order)));
        var why = ended;
        if (why != null && pending.remove(ask) != null) {
            waiting.answer.completeExceptionally(new SessionException(why(session, why)));
        }
        return waiting.answer;
    }

    void tell(ChildSession session, ToChild.Order order) {
        if (ended == null) {
            outbox.add(ToChildCodec.write(new ToChild(0, session.number(), order)));
        }
    }

    void forget(ChildSession session) {
        sessions.remove(session.number());
    }

    /// Ends the process at once; its guests own nothing that outlives them.
    void close() {
        sessions.values().forEach(ChildSession::close);
        end("was closed");
        process.destroyForcibly();
    }

    private void writeAll() {
        try (var out = new BufferedOutputStream(process.getOutputStream(), BUFFER)) {
            while (ended == null) {
                outbox.take().sendTo(out);
            }
        } catch (IOException | InterruptedException e) {
            // The process is gone; who reads from it tells everyone.
        }
    }

    private void readAll() {
        String how;
        try (var in = new BufferedInputStream(process.getInputStream(), BUFFER)) {
            greet(in);
            for (FrameReader frame; (frame = FrameReader.next(in, Integer.MAX_VALUE)) != null; ) {
                take(FromChildCodec.read(frame));
            }
            how = howItEnded();
        } catch (ProtocolException e) {
            how = "was ended, because it did not keep to the protocol. " + e.getMessage();
        } catch (IOException e) {
            how = howItEnded();
        } catch (OutOfMemoryError e) {
            how = "was ended, because an answer of it does not fit into this program's memory";
        }
        process.destroyForcibly();
        end(how);
    }

    private static void greet(InputStream in) throws IOException {
        var first = FrameReader.next(in, GREETING_BYTES);
        if (first == null) {
            throw new IOException("The child said nothing.");
        }
        if (!(FromChildCodec.read(first).news() instanceof FromChild.Hello(var version))) {
            throw new ProtocolException("It did not say its version first.");
        }
        if (version != FromChild.VERSION) {
            throw new ProtocolException(
                    "It speaks version %d and this program version %d: Wasmscope was replaced while it ran. Start it again."
                            .formatted(version, FromChild.VERSION));
        }
    }

    private void take(FromChild message) {
        var session = sessions.get(message.session());
        switch (message.news()) {
            case FromChild.Status(var status) when session != null -> session.take(status);
            case FromChild.Output(var stream, var copy) when session != null -> session.take(stream, copy);
            case FromChild.WasiCalls(var trace) when session != null -> session.take(trace);
            case FromChild.Status _, FromChild.Output _, FromChild.WasiCalls _ -> {
                // Of a session that was closed meanwhile.
            }
            default -> {
                var waiting = pending.remove(message.ask());
                if (waiting == null) {
                    throw new ProtocolException("It answered question %d, which is not open.".formatted(message.ask()));
                }
                answer(waiting, message.news());
            }
        }
    }

    private static <A extends FromChild.News, T> void answer(Pending<A, T> waiting, FromChild.News news) {
        if (news instanceof FromChild.Failed failed) {
            waiting.session.completions().run(() -> waiting.answer.completeExceptionally(failure(failed)));
            return;
        }
        if (!waiting.wanted.isInstance(news)) {
            throw new ProtocolException("It answered with %s instead of %s."
                    .formatted(news.getClass().getSimpleName(), waiting.wanted.getSimpleName()));
        }
        var value = waiting.value.apply(waiting.wanted.cast(news));
        waiting.session.completions().run(() -> waiting.answer.complete(value));
    }

    private static RuntimeException failure(FromChild.Failed failed) {
        return switch (failed.kind()) {
            case RANGE -> new IndexOutOfBoundsException(failed.message());
            case OTHER -> new SessionException("The session failed in its process: " + failed.message());
            case SESSION ->
                failed.outcome()
                        .map(outcome -> new SessionException(
                                failed.message(), new InstantiationFailedException(outcome, failed.message()), outcome))
                        .orElseGet(() -> new SessionException(failed.message()));
        };
    }

    private String howItEnded() {
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                return "was ended, because it closed its output";
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread.", e);
        }
        // Java tells signals as the shell does.
        int code = process.exitValue();
        return code > 128 ? "was killed by signal " + (code - 128) : "ended with exit code " + code;
    }

    /// All that waits fails, all sessions are closed. Only the first call counts.
    private void end(String how) {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = how;
        }
        // Wakes the writer.
        outbox.add(new FrameWriter());
        sessions.values().forEach(session -> session.fail(why(session, how)));
        sessions.clear();
        pending.keySet().forEach(ask -> {
            var waiting = pending.remove(ask);
            if (waiting != null) {
                var why = waiting.session.ended().orElseGet(() -> new SessionException(why(waiting.session, how)));
                waiting.session.completions().run(() -> waiting.answer.completeExceptionally(why));
            }
        });
    }

    private static String why(ChildSession session, String how) {
        return "The process that ran %s %s. Open the module again.".formatted(session.module(), how);
    }
}
