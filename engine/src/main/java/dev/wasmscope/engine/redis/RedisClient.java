package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Rings;
import dev.wasmscope.engine.spi.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// One connection to a server that speaks RESP, in either version, over any transport.
///
/// Commands may be sent from any thread and before earlier ones were answered. A thread of its own reads, so that a
/// reply's time ends when it was parsed, not when somebody looked. A lost connection stays lost: its owner connects
/// anew.
public final class RedisClient implements AutoCloseable {
    private final Connection connection;
    private final RespReader reader;
    private final String address;
    private final ServerFacts server;
    private final Consumer<RespValue.Push> pushes;
    private final Pushes unasked = new Pushes();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    /// Commands on their way, in the order of their replies; guarded by itself.
    private final Deque<Pending> pending = new ArrayDeque<>();
    /// Keeps the order of writes that of [#pending]. The reader never takes it: while a write waits for the server,
    /// the server may wait for us to read.
    private final Object writing = new Object();

    private RedisClient(
            Connection connection,
            RespReader reader,
            String address,
            ServerFacts server,
            Consumer<RespValue.Push> pushes) {
        this.connection = connection;
        this.reader = reader;
        this.address = address;
        this.server = server;
        this.pushes = pushes;
    }

    /// Connects, agrees on a protocol and logs in.
    ///
    /// @param pushes gets what the server sends by itself (messages, MONITOR's lines as `monitor` and a line,
    ///     further confirmations of a subscription), on the reader's thread
    /// @throws IOException with a sentence that says what to do next
    public static RedisClient connect(Transport transport, RedisLogin login, Consumer<RespValue.Push> pushes)
            throws IOException {
        var connection = transport.connect(login.timeout());
        try {
            var reader = new RespReader(connection, RespLimits.DEFAULT);
            var facts = new Handshake(connection, reader, transport.address(), login).run();
            var client = new RedisClient(connection, reader, transport.address(), facts, pushes);
            Thread.ofPlatform()
                    .daemon()
                    .name("redis-reader " + transport.address())
                    .start(client::readReplies);
            return client;
        } catch (SocketTimeoutException e) {
            connection.close();
            throw new RedisException(
                    "The server at %s accepted the connection but did not answer within %d ms; is it a Redis server?"
                            .formatted(transport.address(), login.timeout().toMillis()),
                    e);
        } catch (RedisException e) {
            connection.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw new RedisException("Logging in at %s failed: %s".formatted(transport.address(), e.getMessage()), e);
        }
    }

    public ServerFacts server() {
        return server;
    }

    /// What it is connected to.
    public String address() {
        return address;
    }

    /// What there is to see of shared memory; empty for a connection that never asked for it.
    public Optional<Rings> rings() {
        return connection.rings();
    }

    /// Completes with the reason, a sentence, when the connection is gone.
    public CompletionStage<String> closed() {
        return closed.minimalCompletionStage();
    }

    /// Sends one command, waiting only where the transport is full.
    ///
    /// @param words the command and its arguments; at least one
    /// @return fails with a [RedisException] when the connection is lost first. An error reply is a reply.
    public CompletableFuture<TimedReply> send(List<byte[]> words) {
        return sendAll(List.of(words)).getFirst();
    }

    /// As [#send(List)], of text.
    public CompletableFuture<TimedReply> send(String... words) {
        return send(List.of(words).stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /// Waits for one command, at most a time. What comes later is dropped, and later replies still find their
    /// commands.
    public TimedReply ask(Duration timeout, String... words) throws IOException, InterruptedException {
        try {
            return send(words).get(timeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new RedisException(
                    "%s did not answer %s within %d ms.".formatted(address, words[0], timeout.toMillis()), e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof RedisException cause ? cause : new RedisException(e.toString(), e);
        }
    }

    /// Sends commands as one piece, before any of them is answered.
    public List<CompletableFuture<TimedReply>> sendAll(List<List<byte[]>> commands) {
        var bytes = new ByteArrayOutputStream();
        var all = new ArrayList<Pending>(commands.size());
        for (var words : commands) {
            if (words.isEmpty()) {
                throw new IllegalArgumentException("A command without a name cannot be sent.");
            }
            bytes.writeBytes(RespEncoder.command(words));
            var name = new String(words.getFirst(), StandardCharsets.UTF_8);
            all.add(new Pending(name, Pushes.confirmations(name, words.size())));
        }
        var buffer = ByteBuffer.wrap(bytes.toByteArray());
        synchronized (writing) {
            if (queued(all)) {
                write(buffer);
            }
        }
        return all.stream().map(p -> p.reply).toList();
    }

    private boolean queued(List<Pending> all) {
        synchronized (pending) {
            if (!closed.isDone()) {
                var started = System.nanoTime();
                all.forEach(p -> p.started = started);
                pending.addAll(all);
                return true;
            }
        }
        var reason = closed.join();
        all.forEach(p -> p.reply.completeExceptionally(new RedisException(reason)));
        return false;
    }

    private void write(ByteBuffer buffer) {
        try {
            connection.write(buffer);
        } catch (IOException e) {
            lost("The connection to %s was lost while sending: %s.".formatted(address, e.getMessage()));
        } catch (RuntimeException | Error e) {
            // Some of it may have left: no later reply could be told from these.
            lost("The connection to %s was given up, as sending failed: %s".formatted(address, e));
            throw e;
        }
    }

    private void readReplies() {
        try {
            while (true) {
                var value = reader.read(Duration.ZERO);
                deliver(value, System.nanoTime());
            }
        } catch (IOException e) {
            lost("The connection to %s was lost: %s".formatted(address, e.getMessage()));
        } catch (RuntimeException | Error e) {
            // Nobody reads any more: whoever waits for a reply must know.
            lost("The connection to %s was given up, as reading failed: %s".formatted(address, e));
            throw e;
        }
    }

    private void deliver(RespValue value, long now) {
        var confirmation = unasked.confirmation(value);
        Pending answered = null;
        synchronized (pending) {
            var head = pending.peek();
            if (confirmation.isPresent()) {
                if (head != null && head.confirmations > 0 && --head.confirmations == 0) {
                    answered = pending.poll();
                }
            } else if (unasked.unasked(value).isEmpty()) {
                answered = pending.poll();
            }
        }
        if (answered != null) {
            unasked.answered(answered.name, value);
            answered.reply.complete(new TimedReply(asReply(value, confirmation.isPresent()), now - answered.started));
        } else {
            // Also what a server says before it closes, which answers nothing.
            pushes.accept(unasked.unasked(value).orElseGet(() -> new RespValue.Push(asItems(value))));
        }
    }

    /// A confirmation is the same thing in both protocols.
    private static RespValue asReply(RespValue value, boolean confirmation) {
        return confirmation ? new RespValue.Push(Handshake.items(value)) : value;
    }

    private static List<RespValue> asItems(RespValue value) {
        var items = Handshake.items(value);
        return items.isEmpty() ? List.of(value) : items;
    }

    private void lost(String reason) {
        List<Pending> orphans;
        synchronized (pending) {
            if (!closed.complete(reason)) {
                return;
            }
            orphans = List.copyOf(pending);
            pending.clear();
        }
        orphans.forEach(p -> p.reply.completeExceptionally(new RedisException(reason)));
        try {
            connection.close();
        } catch (IOException e) {
            // It is lost already.
        }
    }

    /// Commands without an answer fail.
    @Override
    public void close() {
        lost("The connection to %s was closed.".formatted(address));
    }

    /// A command on its way.
    private static final class Pending {
        final String name;
        final CompletableFuture<TimedReply> reply = new CompletableFuture<>();
        int confirmations;
        long started;

        Pending(String name, int confirmations) {
            this.name = name;
            this.confirmations = confirmations;
        }
    }
}
