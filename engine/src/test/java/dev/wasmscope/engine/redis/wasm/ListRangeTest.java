package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LRANGE, which the port answers a listpack at a time.
class ListRangeTest {
    @BeforeEach
    void module() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    /// Of all ways in which a list keeps a value: strings by their length, integers by their width.
    private static List<String> values() {
        var values = new ArrayList<String>();
        for (var length :
                new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 62, 63, 64, 65, 127, 4095, 4096, 9000}) {
            values.add("abcdefghijklmnopqrstuvwxyz".repeat(350).substring(0, length));
        }
        for (var shift = 0; shift < 63; shift += 3) {
            values.add(String.valueOf(1L << shift));
            values.add(String.valueOf(-(1L << shift) - 1));
        }
        values.addAll(List.of("127", "128", "-1", "9223372036854775807", "-9223372036854775808", "007", "x\r\ny"));
        return values;
    }

    @ParameterizedTest
    @CsvSource({"-2, 0", "-2, 1", "3, 0", "3, 1", "-1, 2"})
    void rangesHaveTheValuesThatWerePushed(String perNode, String uncompressed) throws Exception {
        var random = new SplittableRandom(7);
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                tried.call(client, "CONFIG", "SET", "list-max-listpack-size", perNode);
                tried.call(client, "CONFIG", "SET", "list-compress-depth", uncompressed);
                var values = values();
                var pushed = new ArrayList<String>();
                for (var i = 0; i < 400; i++) {
                    var value = values.get(random.nextInt(values.size()));
                    tried.call(client, "RPUSH", "list", value);
                    pushed.add(value);
                }
                assertThat(tried.call(client, "LRANGE", "list", "0", "-1")).isEqualTo(reply(pushed));
                for (var i = 0; i < 60; i++) {
                    int start = random.nextInt(-450, 450);
                    int end = random.nextInt(-450, 450);
                    assertThat(tried.call(client, "LRANGE", "list", String.valueOf(start), String.valueOf(end)))
                            .as("%d to %d", start, end)
                            .isEqualTo(reply(range(pushed, start, end)));
                }
            }
            return null;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "LRANGE nothing 0 -1, *0",
        "LRANGE list 5 1, *0",
        "LRANGE list 3 9, *0",
        "LRANGE list a 1, -ERR value is not an integer or out of range",
        "LRANGE list 0, -ERR wrong number of arguments for 'lrange' command",
        "LRANGE text 0 1, -WRONGTYPE Operation against a key holding the wrong kind of value"
    })
    void whatIsNoRangeIsAnsweredAsByRedis(String command, String answer) throws Exception {
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                tried.call(client, "RPUSH", "list", "a", "b", "c");
                tried.call(client, "SET", "text", "x");
                assertThat(tried.call(client, command.split(" "))).isEqualTo(answer + "\r\n");
            }
            return null;
        });
    }

    private static List<String> range(List<String> all, int start, int end) {
        int first = Math.max(0, start < 0 ? all.size() + start : start);
        int last = Math.min(all.size() - 1, end < 0 ? all.size() + end : end);
        return first > last ? List.of() : all.subList(first, last + 1);
    }

    private static String reply(List<String> values) {
        var text = new StringBuilder("*" + values.size() + "\r\n");
        values.forEach(value -> text.append('$')
                .append(value.length())
                .append("\r\n")
                .append(value)
                .append("\r\n"));
        return text.toString();
    }
}
