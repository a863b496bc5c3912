package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespDecoder;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespException;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A look into the very process that serves, for its owner: RESP over a private socket, described in
/// `docs/inspection.md`. Answered between two requests of Redis's clients, or while a script lasts.
final class Inspection implements LoopService {
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] NOTHING = new byte[0];

    private final WasmRedis redis;
    private final WasmRedisService service;
    private int inspectors;
    private byte[] dump = NOTHING;

    Inspection(WasmRedis redis, WasmRedisService service) {
        this.redis = redis;
        this.service = service;
    }

    @Override
    public PeerHandler opened(Peer peer) {
        if (inspectors++ == 0) {
            service.watch(new RecentCalls());
        }
        var decoder = new RespDecoder(RespLimits.DEFAULT);
        return new PeerHandler() {
            @Override
            public void received(ByteBuffer bytes) throws IOException {
                try {
                    for (var request = decoder.decode(bytes); request != null; request = decoder.decode(bytes)) {
                        peer.send(RespEncoder.value(answer(request)));
                    }
                } catch (RespException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }

            @Override
            public void closed() {
                if (--inspectors == 0) {
                    service.watch(null);
                    dump = NOTHING;
                }
            }
        };
    }

    private RespValue answer(RespValue request) {
        try {
            var words = words(request);
            return switch (words.getFirst().toUpperCase(Locale.ROOT)) {
                case "PING" -> new RespValue.SimpleString("PONG");
                case "STATUS" -> status();
                case "JOURNAL" -> journal();
                case "READ" -> read(number(words, 1), number(words, 2));
                case "DUMP" -> dump(words.stream().skip(1).findFirst());
                case "PART" -> part(number(words, 1), number(words, 2));
                case "CALLS" -> calls(number(words, 1), number(words, 2));
                default -> new RespValue.SimpleError("ERR unknown command '" + printable(words.getFirst()) + "'");
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | WasmRedisException e) {
            return new RespValue.SimpleError("ERR " + printable(String.valueOf(e.getMessage())));
        }
    }

    private static List<String> words(RespValue request) {
        if (!(request instanceof RespValue.Array(var items)) || items.isEmpty()) {
            throw new IllegalArgumentException("a request is an array of strings");
        }
        return items.stream()
                .map(item -> {
                    if (item instanceof RespValue.Bulk bulk) {
                        return bulk.utf8();
                    }
                    throw new IllegalArgumentException("a request is an array of strings");
                })
                .toList();
    }

    private static long number(List<String> words, int at) {
        if (words.size() <= at) {
            throw new IllegalArgumentException("%s takes two numbers".formatted(printable(words.getFirst())));
        }
        try {
            return Long.parseUnsignedLong(words.get(at));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is no number".formatted(printable(words.get(at))), e);
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}]", "?");
    }

    private RespValue status() {
        return new RespValue.Array(List.of(
                text("clients"), number(service.clients()),
                text("pages"), number(redis.memory().pages()),
                text("traps"), number(redis.traps()),
                text("busy"), number(service.busy() ? 1 : 0)));
    }

    private RespValue journal() {
        var found = redis.journal();
        if (found.isEmpty()) {
            return new RespValue.Array(List.of());
        }
        var journal = found.get();
        return new RespValue.Array(List.of(
                text("file"), utf8(journal.file().toString()),
                text("bytes"), number(journal.bytes()),
                text("segments"), number(journal.segments()),
                text("images"), number(journal.images()),
                text("events"), number(journal.events()),
                text("problem"), utf8(journal.problem().orElse(""))));
    }

    private static RespValue utf8(String text) {
        return new RespValue.Bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    private RespValue read(long address, long length) {
        if (length < 0 || length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "READ takes at most %d bytes, not %s".formatted(MOST_BYTES, Long.toUnsignedString(length)));
        }
        if (address < 0 || address + length > redis.memory().pages() * 65_536L) {
            throw new IllegalArgumentException("%s bytes at %s reach over the memory's %d pages"
                    .formatted(
                            length,
                            Long.toUnsignedString(address),
                            redis.memory().pages()));
        }
        var bytes = new byte[(int) length];
        redis.memory().live().read(address, bytes, 0, bytes.length);
        return new RespValue.Bulk(bytes);
    }

    /// Kept until the next one, or until nobody inspects.
    private RespValue dump(Optional<String> password) {
        if (service.busy()) {
            throw new IllegalArgumentException("a script keeps Redis busy; ask again when it has ended");
        }
        dump = Dumps.take(redis, password, service);
        return number(dump.length);
    }

    private RespValue part(long offset, long length) {
        if (offset < 0 || length < 0 || length > MOST_BYTES || offset > dump.length - length) {
            throw new IllegalArgumentException(
                    "the dump has %d bytes; PART takes at most %d of them".formatted(dump.length, MOST_BYTES));
        }
        return new RespValue.Bulk(Arrays.copyOfRange(dump, (int) offset, (int) (offset + length)));
    }

    private RespValue calls(long client, long after) {
        return new RespValue.Array(service.recent().of((int) client, after).stream()
                .<RespValue>map(call -> new RespValue.Array(List.of(
                        number(call.number()),
                        number(call.client()),
                        number(call.bytes()),
                        number(call.nanos()),
                        number(call.pagesBefore()),
                        number(call.pagesAfter()))))
                .toList());
    }

    private static RespValue text(String text) {
        return new RespValue.Bulk(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static RespValue number(long value) {
        return new RespValue.Int(value);
    }

    @Override
    public void turn() {
        // The server's own turns do.
    }

    @Override
    public long idleMillis() {
        return Long.MAX_VALUE;
    }
}
