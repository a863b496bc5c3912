package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Values for arguments: ordinary ones, those at the edges, and what Redis answered before, so that cursors, ids of
/// streams, hashes of scripts and dumped values come back.
final class FuzzedValues {
    private static final List<String> EDGES = List.of(
            "0",
            "-1",
            "1",
            "2147483647",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "1e400",
            "nan",
            "-inf",
            "+inf",
            "0x10",
            "",
            " ",
            "-",
            "+",
            "(1",
            "[a",
            "*",
            "$",
            "%s%n",
            "\0");
    private static final List<String> SCRIPTS = List.of(
            "return redis.call('GET', KEYS[1])",
            "return redis.pcall('INCR', KEYS[1])",
            "return {1, 2, {3, ARGV}, redis.status_reply('FINE')}",
            "return redis.error_reply('ERR told by a script')",
            "error('ERR raised')",
            "return nil + 1",
            "local function f() return f() + 1 end return f()",
            "local t = {} for i = 1, 1000 do t[i] = i end return #t",
            "return cjson.encode({a = 1, b = {2, 3}, c = KEYS})",
            "return cjson.decode(ARGV[1])",
            "return cmsgpack.unpack(cmsgpack.pack({1, 'x', ARGV[1]}))",
            "return struct.pack('>I4', 7)",
            "return string.rep('x', 1000)",
            "return string.rep('x', 2000000000)",
            "return tostring(0/0) .. tostring(1e308 * 10)",
            "redis.setresp(3) return redis.call('HGETALL', KEYS[1])",
            "return redis.sha1hex(ARGV[1])",
            "return bit.bxor(tonumber(ARGV[1]) or 1, 7)",
            "#!lua flags=no-writes\nreturn redis.call('SET', KEYS[1], 'x')",
            "return (",
            "for i = 1, 400 do redis.call('LPUSH', KEYS[1], string.rep('y', 100000)) end");
    private static final List<String> LIBRARIES = List.of(
            "#!lua name=mine\nredis.register_function('f', function(keys, args) return redis.call('SET', keys[1], args[1]) end)",
            "#!lua name=other\nredis.register_function{function_name='g', callback=function() return 1 end, flags={'no-writes'}}",
            "#!lua name=broken\nredis.register_function(",
            "#!js name=foo\nreturn 1");
    private static final int KEPT = 64;
    private static final int LONGEST_KEPT = 512;

    private final RandomGenerator random;
    private final ArrayDeque<String> seen = new ArrayDeque<>();

    FuzzedValues(RandomGenerator random) {
        this.random = random;
    }

    /// Something that Redis answered.
    void saw(RespValue value) {
        switch (value) {
            case RespValue.Bulk(var bytes)
            when bytes.length > 0 && bytes.length < LONGEST_KEPT ->
                keep(new String(bytes, StandardCharsets.ISO_8859_1));
            case RespValue.Array(var items) when !items.isEmpty() -> saw(items.get(random.nextInt(items.size())));
            default -> {}
        }
    }

    private void keep(String value) {
        seen.addLast(value);
        if (seen.size() > KEPT) {
            seen.removeFirst();
        }
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /// Of the kind that a group of commands works on, most of the time.
    String key(String group) {
        return (chance(90) ? group : oneOf(List.of("string", "list", "set", "hash", "sorted-set", "stream")))
                + random.nextInt(8);
    }

    String integer() {
        if (chance(8)) {
            return oneOf(EDGES);
        }
        return String.valueOf(chance(70) ? random.nextInt(-2, 20) : random.nextInt(-100_000, 100_000));
    }

    String number() {
        return chance(10) ? oneOf(EDGES) : String.valueOf(random.nextInt(-1800, 1800) / 10.0);
    }

    String text() {
        return switch (random.nextInt(12)) {
            case 0 -> oneOf(EDGES);
            case 1 -> bytes(random.nextInt(16));
            case 2 -> bytes(random.nextInt(3_000));
            case 3, 4, 5 ->
                seen.isEmpty()
                        ? "a"
                        : seen.stream()
                                .skip(random.nextInt(seen.size()))
                                .findFirst()
                                .orElse("a");
            case 6 -> integer();
            default -> "m" + random.nextInt(40);
        };
    }

    String script() {
        return oneOf(SCRIPTS);
    }

    String library() {
        return oneOf(LIBRARIES);
    }

    /// Any bytes, one a character.
    String bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
