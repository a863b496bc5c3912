package dev.wasmscope.engine.redis.wasm;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Requests as bytes: as clients write them, and as nobody should.
final class FuzzedBytes {
    private static final List<String> CLAIMS = List.of(
            "*1000000\r\n$8000000\r\n",
            "*2147483647\r\n",
            "*1048577\r\n",
            "*-5\r\n",
            "*99999999999999999999\r\n",
            "*2\r\n$536870912\r\nab",
            "*1\r\n$-1\r\n",
            "*3\r\n$3\r\nSET\r\n:5\r\n",
            "*1\r\n$4\r\nPINGxx",
            "*x\r\n",
            "$5\r\nhello\r\n",
            "*0\r\n*0\r\n",
            "\r\n\r\n",
            "PING \"unbalanced\r\n",
            "SET 'a b' \"\\xff\\n\"\r\n",
            "GET \0\r\n",
            "*1\n$4\nPING\n");

    private final FuzzedValues values;
    private final FuzzedCommands commands;

    FuzzedBytes(FuzzedValues values, FuzzedCommands commands) {
        this.values = values;
        this.commands = commands;
    }

    byte[] next() {
        return switch (values.below(20)) {
            case 0 -> latin(malformed());
            case 1 -> inline();
            case 2, 3 -> pipeline();
            default -> command();
        };
    }

    private byte[] command() {
        return encoded(commands.next());
    }

    private static byte[] encoded(List<String> words) {
        return latin(Tried.command(words.toArray(String[]::new)));
    }

    private byte[] inline() {
        return latin(String.join(" ", commands.next()).replaceAll("[\r\n]", " ") + "\r\n");
    }

    private byte[] pipeline() {
        var all = new StringBuilder();
        for (int i = values.below(6); i >= 0; i--) {
            all.append(new String(command(), StandardCharsets.ISO_8859_1));
        }
        return latin(all.toString());
    }

    private String malformed() {
        return switch (values.below(5)) {
            case 0 -> values.bytes(1 + values.below(300));
            case 1 -> "x".repeat(values.below(100_000));
            case 2 -> cut(new String(command(), StandardCharsets.ISO_8859_1));
            default -> values.oneOf(CLAIMS);
        };
    }

    /// With one byte changed, or without its end.
    private String cut(String command) {
        var at = values.below(command.length());
        return values.chance(50)
                ? command.substring(0, at)
                : command.substring(0, at) + values.bytes(1) + command.substring(at + 1);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
