package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Traced calls as text, in terminal and window alike.
public final class WasiText {
    /// More names of flags than that are counted instead.
    private static final int MOST_FLAGS = 4;

    private WasiText() {}

    /// A piece of a text.
    ///
    /// @param at the memory it stands for
    public record Run(String text, Look look, Optional<WasiValue.Span> at) {
        private Run(String text, Look look) {
            this(text, look, Optional.empty());
        }
    }

    public enum Look {
        PLAIN,
        VALUE,
        TEXT,
        ADDRESS,
        /// A range outside the memory.
        BAD
    }

    /// `fd=1 (stdout), iovs=[0x10 "hello\n"], nwritten=0x8 → 6`.
    public static String arguments(WasiCall call) {
        return joined(runs(call));
    }

    public static String arguments(List<WasiCall.Argument> arguments) {
        return joined(runs(arguments));
    }

    /// [#arguments(WasiCall)] in pieces.
    public static List<Run> runs(WasiCall call) {
        return runs(call.arguments());
    }

    private static List<Run> runs(List<WasiCall.Argument> arguments) {
        var runs = new ArrayList<Run>();
        for (var argument : arguments) {
            runs.add(new Run((runs.isEmpty() ? "" : ", ") + argument.name() + "=", Look.PLAIN));
            add(runs, argument.value());
        }
        return runs;
    }

    public static List<Run> runs(WasiValue value) {
        var runs = new ArrayList<Run>();
        add(runs, value);
        return runs;
    }

    /// `ok`, `EBADF (8)`, `exit 7`.
    public static String outcome(WasiCall.Outcome outcome) {
        return switch (outcome) {
            case WasiCall.Outcome.Errno(var code, var name) -> code == 0 ? "ok" : name + " (" + code + ")";
            case WasiCall.Outcome.Gave(var values) -> values.isEmpty() ? "ok" : values;
            case WasiCall.Outcome.Ended(var how) -> how;
        };
    }

    public static String of(WasiValue value) {
        return joined(runs(value));
    }

    private static String joined(List<Run> runs) {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }

    private static void add(List<Run> runs, WasiValue value) {
        switch (value) {
            case WasiValue.Plain(var number) -> runs.add(new Run(Long.toString(number), Look.VALUE));
            case WasiValue.Descriptor(var number, var name) ->
                runs.add(new Run(name.isEmpty() ? "" + number : number + " (" + name + ")", Look.VALUE));
            case WasiValue.Named(var _, var name) -> runs.add(new Run(name, Look.VALUE));
            case WasiValue.Flags(var bits, var names) -> runs.add(new Run(flags(bits, names), Look.VALUE));
            case WasiValue.Text(var at, var head) -> runs.add(new Run(quoted(at, head), Look.TEXT, Optional.of(at)));
            case WasiValue.Bytes(var at, var head) -> {
                runs.add(address(at));
                runs.add(new Run(" " + quoted(at, head), Look.TEXT));
            }
            case WasiValue.Pieces(var _, var count, var first) -> {
                runs.add(new Run("[", Look.PLAIN));
                for (int i = 0; i < first.size(); i++) {
                    if (i > 0) {
                        runs.add(new Run(", ", Look.PLAIN));
                    }
                    add(runs, first.get(i));
                }
                runs.add(new Run(
                        count > first.size() ? ", … %,d more]".formatted(count - first.size()) : "]", Look.PLAIN));
            }
            case WasiValue.Fields(var at, var fields) -> {
                runs.add(address(at));
                for (int i = 0; i < fields.size(); i++) {
                    var name = fields.get(i).name();
                    runs.add(new Run((i == 0 ? " → " : ", ") + (name.isEmpty() ? "" : name + " "), Look.PLAIN));
                    add(runs, fields.get(i).value());
                }
            }
            case WasiValue.Place(var at) -> runs.add(address(at));
            case WasiValue.Unreadable(var at) ->
                runs.add(new Run("0x%x+%,d outside memory".formatted(at.address(), at.length()), Look.BAD));
        }
    }

    private static String flags(long bits, List<String> names) {
        if (names.isEmpty()) {
            return "0";
        }
        return names.size() > MOST_FLAGS ? "0x%x (%d flags)".formatted(bits, names.size()) : String.join("|", names);
    }

    private static Run address(WasiValue.Span at) {
        return new Run("0x%x".formatted(at.address()), Look.ADDRESS, Optional.of(at));
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
