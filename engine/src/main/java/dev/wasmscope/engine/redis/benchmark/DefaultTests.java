package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.resp.RespEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What `redis-benchmark` 7.0 sends when it is told nothing: the same bytes, in the same order.
///
/// Without `-r` its placeholder `__rand_int__` goes over the wire as it stands, so a test writes one key.
final class DefaultTests {
    /// The size of a value without `-d`.
    static final int DATA_SIZE = 3;

    /// As long as the numbers that `-r` puts in its place.
    static final String PLACEHOLDER = "__rand_int__";

    private DefaultTests() {}

    static List<BenchmarkGroup> groups() {
        var data = data(DATA_SIZE);
        var mset = new ArrayList<>(List.of("MSET"));
        for (int i = 0; i < 10; i++) {
            mset.add("key:" + PLACEHOLDER);
            mset.add(data);
        }
        return List.of(
                new BenchmarkGroup("ping_inline", List.of(inline("PING_INLINE", "PING"))),
                group("PING_MBULK", "PING"),
                group("SET", "SET", "key:" + PLACEHOLDER, data),
                group("GET", "GET", "key:" + PLACEHOLDER),
                group("INCR", "INCR", "counter:" + PLACEHOLDER),
                group("LPUSH", "LPUSH", "mylist", data),
                group("RPUSH", "RPUSH", "mylist", data),
                group("LPOP", "LPOP", "mylist"),
                group("RPOP", "RPOP", "mylist"),
                group("SADD", "SADD", "myset", "element:" + PLACEHOLDER),
                group("HSET", "HSET", "myhash", "element:" + PLACEHOLDER, data),
                group("SPOP", "SPOP", "myset"),
                group("ZADD", "ZADD", "myzset", "0", "element:" + PLACEHOLDER),
                group("ZPOPMIN", "ZPOPMIN", "myzset"),
                new BenchmarkGroup(
                        "lrange",
                        List.of(
                                test("LPUSH (needed to benchmark LRANGE)", "LPUSH", "mylist", data),
                                test("LRANGE_100 (first 100 elements)", "LRANGE", "mylist", "0", "99"),
                                test("LRANGE_300 (first 300 elements)", "LRANGE", "mylist", "0", "299"),
                                test("LRANGE_500 (first 500 elements)", "LRANGE", "mylist", "0", "499"),
                                test("LRANGE_600 (first 600 elements)", "LRANGE", "mylist", "0", "599"))),
                new BenchmarkGroup("mset", List.of(test("MSET (10 keys)", mset.toArray(String[]::new)))));
    }

    /// The tool's own generator of values: a linear congruence that starts at 1234.
    static String data(int length) {
        var text = new StringBuilder();
        int state = 1234;
        for (int i = 0; i < length; i++) {
            state = state * 1103515245 + 12345;
            text.append((char) ('0' + (state >>> 16 & 63)));
        }
        return text.toString();
    }

    private static BenchmarkGroup group(String name, String... words) {
        return new BenchmarkGroup(name.toLowerCase(java.util.Locale.ROOT), List.of(test(name, words)));
    }

    private static BenchmarkTest test(String name, String... words) {
        return new BenchmarkTest(name, words[0], RespEncoder.command(words));
    }

    private static BenchmarkTest inline(String name, String command) {
        return new BenchmarkTest(name, command, (command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
