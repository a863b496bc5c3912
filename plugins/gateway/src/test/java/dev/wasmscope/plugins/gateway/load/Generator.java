package dev.wasmscope.plugins.gateway.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/// Clients, and the server behind the gateway with 1 KB for each request, on one thread that never sleeps while it
/// measures: no time of theirs is spent on waking up, so what differs between two gateways is the gateways' own.
final class Generator implements AutoCloseable {
    private static final int ROOM = 1 << 14;
    private static final int BODY = 1024;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();

    Generator() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        Ready accept = () -> new Served(listener.accept());
        listener.register(selector, SelectionKey.OP_ACCEPT, accept);
    }

    /// Gets the bytes that have come.
    @FunctionalInterface
    private interface Ready {
        void ready() throws IOException;
    }

    /// The address of the server behind the gateway.
    URI upstream() {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
    }

    Outcome run(int port, Load load) throws IOException {
        var outcome = new Outcome();
        var run = new Run(port, load, outcome);
        run.toItsEnd();
        return outcome;
    }

    private void serve() throws IOException {
        var keys = new ArrayList<SelectionKey>();
        selector.selectNow(keys::add);
        for (var key : keys) {
            ((Ready) key.attachment()).ready();
        }
    }

    /// One run of a load.
    private final class Run {
        private final Load load;
        private final Outcome outcome;
        private final Outcome looping = new Outcome();
        private final List<Asking> clients = new ArrayList<>();
        private final List<Asking> loops = new ArrayList<>();

        Run(int port, Load load, Outcome outcome) throws IOException {
            this.load = load;
            this.outcome = outcome;
            for (var i = 0; i < load.connections(); i++) {
                clients.add(new Asking(port, load.target(), outcome));
            }
            if (load.loops() > 0) {
                loops.add(new Asking(port, "/?loop", looping));
            }
        }

        void toItsEnd() throws IOException {
            var begin = System.nanoTime();
            var end = begin + (long) (load.seconds() * 1e9);
            var plan = new Plan(begin, load.rate(), clients);
            var loopPlan = new Plan(begin, load.loops(), loops);
            if (load.rate() == 0) {
                for (var client : clients) {
                    client.again = end;
                    client.ask(begin);
                }
            }
            for (var now = begin; now < end; now = System.nanoTime()) {
                plan.ask(now);
                loopPlan.ask(now);
                serve();
            }
            while (clients.stream().anyMatch(Asking::busy) || loops.stream().anyMatch(Asking::busy)) {
                if (System.nanoTime() - end > PATIENCE) {
                    throw new IOException("An answer has not come for a minute; until then: " + outcome);
                }
                serve();
            }
            for (var client : clients) {
                client.channel.close();
            }
            for (var client : loops) {
                client.channel.close();
            }
            serve();
        }
    }

    /// Evenly spaced, each the next connection's.
    private static final class Plan {
        private final double gap;
        private final List<Asking> clients;
        private final long begin;
        private long number;

        Plan(long begin, double rate, List<Asking> clients) {
            this.begin = begin;
            this.gap = rate == 0 ? Double.POSITIVE_INFINITY : 1e9 / rate;
            this.clients = clients;
        }

        void ask(long now) throws IOException {
            for (var due = due(); due <= now; due = due()) {
                clients.get((int) (number % clients.size())).ask(due);
                number++;
            }
        }

        private long due() {
            return clients.isEmpty() || gap == Double.POSITIVE_INFINITY
                    ? Long.MAX_VALUE
                    : begin + (long) (number * gap);
        }
    }

    /// A client: one request after another.
    private final class Asking implements Ready {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer in = ByteBuffer.allocate(ROOM);
        private final Outcome outcome;
        /// Whose turn was while the one before was under way.
        private final Queue<Long> waiting = new ArrayDeque<>();
        private long planned;
        private boolean busy;
        /// Asks anew at once until then.
        private long again = Long.MIN_VALUE;

        Asking(int port, String target, Outcome outcome) throws IOException {
            this.outcome = outcome;
            request = ByteBuffer.wrap("GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: load\r\n\r\n"
                    .formatted(target)
                    .getBytes(StandardCharsets.US_ASCII));
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        boolean busy() {
            return busy;
        }

        void ask(long due) throws IOException {
            if (busy) {
                waiting.add(due);
                return;
            }
            busy = true;
            planned = due;
            channel.write(request.rewind());
        }

        @Override
        public void ready() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("The gateway has closed a connection.");
            }
            var answer = Answer.of(in.array(), in.position());
            if (answer == null) {
                return;
            }
            var now = System.nanoTime();
            outcome.answered(answer, now - planned);
            in.clear();
            busy = false;
            var next = waiting.poll();
            if (next != null) {
                ask(next);
            } else if (now < again) {
                ask(now);
            }
        }
    }

    /// A connection of the gateway's to the server behind it.
    private final class Served implements Ready {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(ROOM);

        Served(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void ready() throws IOException {
            if (channel.read(in) < 0) {
                channel.close();
                return;
            }
            var text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            if (!text.endsWith("\r\n\r\n")) {
                return;
            }
            in.clear();
            var version =
                    Answer.field(text.toLowerCase(Locale.ROOT), "x-version").toUpperCase(Locale.ROOT);
            var head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + BODY + "\r\n\r\n";
            var answer = head + version + " ".repeat(BODY - version.length());
            channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
