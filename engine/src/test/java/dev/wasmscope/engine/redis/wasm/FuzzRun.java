package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespDecoder;
import dev.wasmscope.engine.resp.RespException;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/// Many clients that send whatever they like to one Redis in Wasm, behind the host that users have. Everything follows
/// from the seed.
final class FuzzRun {
    /// 128 MiB.
    static final int MOST_PAGES = 2_048;
    private static final int CLIENTS = 12;
    /// A client that got nothing for so many requests is blocked, or speaks in the middle of a claimed length.
    private static final int PATIENCE = 6;
    private static final Pattern STREAMED =
            Pattern.compile("MONITOR|SYNC|FUNCTION\r\n\\$4\r\nLIST", Pattern.CASE_INSENSITIVE);

    private final FuzzedValues values;
    private final FuzzTally tally = new FuzzTally();
    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, Client> byId = new HashMap<>();
    private final WasmRedis redis;
    private final FuzzedBytes requests;
    private long clock = Tried.START;
    private String last = "";

    private static final class Client {
        final int id;
        final RespDecoder decoder = new RespDecoder(RespLimits.DEFAULT);
        /// What a monitor sees are lines as long as the requests of others, more than a decoder takes;
        /// what a replica gets is a file and then commands; FUNCTION LIST repeats an argument that it
        /// does not know in a line of its answer, line feeds and all, in native Redis, too.
        boolean streamed;
        int silent;
        boolean closed;

        Client(int id) {
            this.id = id;
        }
    }

    private FuzzRun(WasmRedis redis, SplittableRandom random) throws RespException {
        this.redis = redis;
        this.values = new FuzzedValues(random);
        this.requests = new FuzzedBytes(values, new FuzzedCommands(docs(), values));
    }

    /// On a thread with the stack that Redis needs.
    ///
    /// @param journal where the run is recorded
    /// @throws AssertionError naming the seed and the request that something went wrong with
    static FuzzTally run(long seed, int count, Optional<Path> journal) {
        var options = Tried.options().withLimits(new Limits(Duration.ofMinutes(10), MOST_PAGES, 10_000));
        if (journal.isPresent()) {
            options = options.withJournal(journal.get(), Fsync.NO);
        }
        try (var redis = WasmRedis.open(options, Tried.COMPILER)) {
            var run = new FuzzRun(redis, new SplittableRandom(seed));
            try {
                run.send(count);
            } catch (RespException | RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "Seed %d, request %,d: %s%nThe last request: %s"
                                .formatted(seed, run.tally.requests(), e, run.last),
                        e);
            }
            return run.tally;
        } catch (RespException e) {
            throw new AssertionError(e);
        }
    }

    private RespValue docs() throws RespException {
        var answer = new ArrayList<ByteBuffer>();
        var client = redis.connect();
        var ask = ByteBuffer.wrap(FuzzedBytes.latin(Tried.command("COMMAND", "DOCS")));
        redis.handle(client, ask, (_, bytes, _) -> answer.add(copy(bytes)));
        redis.disconnect(client, (_, _, _) -> {});
        var decoder = new RespDecoder(RespLimits.DEFAULT);
        for (var part : answer) {
            var value = decoder.decode(part);
            if (value != null) {
                return value;
            }
        }
        throw new AssertionError("COMMAND DOCS is not answered.");
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private void send(int count) throws RespException {
        while (tally.requests() < count) {
            turn();
            redis.commit();
            tally.pages(redis.memory().pages());
            if (redis.traps() > 0) {
                throw new AssertionError("It trapped.");
            }
            if (redis.exitCode().isPresent()) {
                throw new AssertionError("It has exited.");
            }
        }
    }

    private void turn() throws RespException {
        switch (values.below(40)) {
            case 0 -> pass(values.below(1_000) * 1_000L);
            case 1 -> pass(values.below(100_000) * 1_000L);
            case 2 -> leave(client());
            case 3 -> inTwoParts();
            default -> request(client(), requests.next());
        }
    }

    private Client client() {
        if (clients.size() < CLIENTS) {
            var client = new Client(redis.connect());
            if (client.id == 0) {
                // ACL or memory can be such that nobody gets in; somebody has to leave then.
                return clients.isEmpty() ? client() : values.oneOf(clients);
            }
            clients.add(client);
            byId.put(client.id, client);
            return client;
        }
        return values.oneOf(clients);
    }

    private void pass(long micros) throws RespException {
        clock = Math.max(clock, redis.clock()) + micros;
        last = "a tick";
        redis.clock(clock);
        var replies = new ArrayList<Answer>();
        redis.tick((client, bytes, closed) -> replies.add(new Answer(client, copy(bytes), closed)));
        take(replies);
    }

    private record Answer(int client, ByteBuffer bytes, boolean closed) {}

    private void leave(Client client) throws RespException {
        clients.remove(client);
        byId.remove(client.id);
        if (!client.closed) {
            client.closed = true;
            var replies = new ArrayList<Answer>();
            redis.disconnect(client.id, (id, bytes, closed) -> replies.add(new Answer(id, copy(bytes), closed)));
            take(replies);
        }
    }

    /// One client's request with another's in the middle.
    private void inTwoParts() throws RespException {
        var first = client();
        var bytes = requests.next();
        var cut = values.below(bytes.length + 1);
        part(first, bytes, 0, cut);
        request(client(), requests.next());
        part(first, bytes, cut, bytes.length);
        tally.request();
    }

    private void request(Client client, byte[] bytes) throws RespException {
        tally.request();
        part(client, bytes, 0, bytes.length);
    }

    private void part(Client client, byte[] bytes, int from, int to) throws RespException {
        if (client.closed) {
            return;
        }
        last = "client %d: %s".formatted(client.id, shown(bytes));
        var replies = new ArrayList<Answer>();
        redis.handle(
                client.id,
                ByteBuffer.wrap(bytes, from, to - from).slice(),
                (id, reply, closed) -> replies.add(new Answer(id, copy(reply), closed)));
        client.silent++;
        client.streamed |=
                STREAMED.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
        take(replies);
        if (client.silent > PATIENCE && !client.closed) {
            leave(client);
        }
    }

    private static String shown(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return Commands.printable(FuzzedBytes.latin(text.substring(0, Math.min(500, text.length()))));
    }

    private void take(List<Answer> answers) throws RespException {
        for (var answer : answers) {
            var client = byId.get(answer.client());
            if (client == null) {
                // It left, and this was under way.
                continue;
            }
            for (var value = client.streamed ? null : client.decoder.decode(answer.bytes());
                    value != null;
                    value = client.decoder.decode(answer.bytes())) {
                client.silent = 0;
                tally.reply(value);
                values.saw(value);
            }
            if (answer.closed()) {
                client.closed = true;
                clients.remove(client);
                byId.remove(client.id);
                tally.closed();
            }
        }
    }
}
