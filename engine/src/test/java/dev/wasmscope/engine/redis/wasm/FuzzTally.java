package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a fuzzed server answered: replies, errors by their kind, the most memory it took.
final class FuzzTally {
    /// Redis 7.0's own, by its sources. An error of another kind is a defect.
    private static final Set<String> KINDS = Set.of(
            "ERR",
            "WRONGTYPE",
            "NOSCRIPT",
            "OOM",
            "BUSY",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM",
            "NOPROTO",
            "EXECABORT",
            "NOTBUSY",
            "UNKILLABLE",
            "BUSYKEY",
            "BUSYGROUP",
            "NOGROUP",
            "UNBLOCKED",
            "MISCONF",
            "READONLY",
            "LOADING",
            "INVALIDOBJ",
            "NOREPLICAS",
            "INPROG",
            "DENIED",
            "IOERR",
            "NOMASTERLINK",
            "MASTERDOWN",
            "CROSSSLOT",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "NOGOODSLAVE");

    private final Map<String, Long> errors = new TreeMap<>();
    private long requests;
    private long replies;
    private long closed;
    private int pages;

    void request() {
        requests++;
    }

    void closed() {
        closed++;
    }

    void pages(int now) {
        pages = Math.max(pages, now);
    }

    int mostPages() {
        return pages;
    }

    long requests() {
        return requests;
    }

    Map<String, Long> errors() {
        return errors;
    }

    /// @throws AssertionError for an error of no kind that Redis has
    void reply(RespValue value) {
        replies++;
        look(value);
    }

    private void look(RespValue value) {
        switch (value) {
            case RespValue.SimpleError(var text) -> error(text);
            case RespValue.BulkError(var bytes) -> error(new String(bytes, StandardCharsets.ISO_8859_1));
            case RespValue.Array(var items) -> items.forEach(this::look);
            case RespValue.SetReply(var items) -> items.forEach(this::look);
            case RespValue.Push(var items) -> items.forEach(this::look);
            case RespValue.MapReply(var entries) -> entries.forEach(entry -> look(entry.value()));
            default -> {}
        }
    }

    private void error(String text) {
        var kind = text.split(" ", 2)[0];
        if (!KINDS.contains(kind)) {
            throw new AssertionError("An error of no kind that Redis has: " + text);
        }
        if (text.contains("Redis in Wasm")) {
            throw new AssertionError("The host had to answer: " + text);
        }
        errors.merge(kind, 1L, Long::sum);
    }

    void add(FuzzTally other) {
        requests += other.requests;
        replies += other.replies;
        closed += other.closed;
        pages = Math.max(pages, other.pages);
        other.errors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    }

    @Override
    public String toString() {
        return "%,d requests, %,d replies, %,d clients closed by Redis, at most %,d pages; errors: %s"
                .formatted(requests, replies, closed, pages, List.copyOf(errors.entrySet()));
    }
}
