package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Traced calls as text, in terminal and window alike.
public final class WasiText {
    /// More names of flags than that are counted instead.
    private static final int MOST_FLAGS = 4;

    private WasiText() {}

    /// `fd=1 (stdout), iovs=[0x10 "hello\n"], nwritten=0x8 → 6`.
    public static String arguments(WasiCall call) {
        return call.arguments().stream()
                .map(argument -> argument.name() + "=" + of(argument.value()))
                .collect(Collectors.joining(", "));
    }

    /// `ok`, `EBADF (8)`, `exit 7`.
    public static String outcome(WasiCall.Outcome outcome) {
        return switch (outcome) {
            case WasiCall.Outcome.Errno(var code, var name) -> code == 0 ? "ok" : name + " (" + code + ")";
            case WasiCall.Outcome.Ended(var how) -> how;
        };
    }

    public static String of(WasiValue value) {
        return switch (value) {
            case WasiValue.Plain(var number) -> Long.toString(number);
            case WasiValue.Descriptor(var number, var name) ->
                name.isEmpty() ? "" + number : number + " (" + name + ")";
            case WasiValue.Named(var _, var name) -> name;
            case WasiValue.Flags(var bits, var names) ->
                names.isEmpty()
                        ? "0"
                        : names.size() > MOST_FLAGS
                                ? "0x%x (%d flags)".formatted(bits, names.size())
                                : String.join("|", names);
            case WasiValue.Text(var at, var head) -> quoted(at, head);
            case WasiValue.Bytes(var at, var head) -> address(at) + " " + quoted(at, head);
            case WasiValue.Pieces(var _, var count, var first) ->
                first.stream().map(WasiText::of).collect(Collectors.joining(", ", "[", ""))
                        + (count > first.size() ? ", … %,d more]".formatted(count - first.size()) : "]");
            case WasiValue.Fields(var at, var fields) ->
                address(at) + " → "
                        + fields.stream()
                                .map(field -> field.name().isEmpty()
                                        ? of(field.value())
                                        : field.name() + " " + of(field.value()))
                                .collect(Collectors.joining(", "));
            case WasiValue.Place(var at) -> address(at);
            case WasiValue.Unreadable(var at) -> "0x%x+%,d outside memory".formatted(at.address(), at.length());
        };
    }

    private static String address(WasiValue.Span at) {
        return "0x%x".formatted(at.address());
    }

    /// Text where the bytes are some, else hexadecimal; and how many there are where not all are shown.
    private static String quoted(WasiValue.Span at, byte[] head) {
        var more = at.length() > head.length ? "… %,d bytes".formatted(at.length()) : "";
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole(head, !more.isEmpty())));
            var text = new StringBuilder("\"");
            decoded.chars().forEach(c -> escape(text, (char) c));
            return text.append('"').append(more).toString();
        } catch (CharacterCodingException e) {
            var text = new StringBuilder("<");
            for (int i = 0; i < Math.min(head.length, 24); i++) {
                text.append(i == 0 ? "" : " ").append("%02x".formatted(head[i]));
            }
            var cut = head.length > 24 && more.isEmpty() ? "… %,d bytes".formatted(at.length()) : more;
            return text.append('>').append(cut).toString();
        }
    }

    /// Without a character that the cut went through.
    private static byte[] whole(byte[] head, boolean cut) {
        var end = head.length;
        if (cut) {
            for (int back = 1; back <= Math.min(4, head.length); back++) {
                var b = head[head.length - back] & 0xff;
                if (b < 0x80) {
                    break;
                }
                if (b >= 0xc0) {
                    var wanted = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                    end = wanted > back ? head.length - back : end;
                    break;
                }
            }
        }
        return java.util.Arrays.copyOf(head, end);
    }

    private static void escape(StringBuilder text, char c) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            default -> {
                if (Character.isISOControl(c)) {
                    text.append("\\x%02x".formatted((int) c));
                } else {
                    text.append(c);
                }
            }
        }
    }
}
