package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.redis.Span.Part;
import dev.wasmscope.engine.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Draws a reply in the manner of redis-cli: every type told apart, every byte shown.
public final class ReplyText {
    /// A window shows that many; the rest is counted.
    private static final int MOST_VALUES = 5_000;
    private static final int MOST_BYTES = 64 * 1024;

    private final List<Span> spans = new ArrayList<>();
    private int values;

    private ReplyText() {}

    /// Lines are ended by `\n`, the last one too.
    public static List<Span> of(RespValue value) {
        var text = new ReplyText();
        text.value(value, "");
        return List.copyOf(text.spans);
    }

    private void value(RespValue value, String indent) {
        values++;
        switch (value) {
            case RespValue.SimpleString(var text) -> line(text, Part.STATUS);
            case RespValue.SimpleError(var text) -> line("(error) " + text, Part.ERROR);
            case RespValue.BulkError(var bytes) -> line("(error) " + utf8(bytes), Part.ERROR);
            case RespValue.Int(var number) -> typed("(integer) ", Long.toString(number), Part.NUMBER);
            case RespValue.Dbl(var number) -> typed("(double) ", number(number), Part.NUMBER);
            case RespValue.BigNumber(var number) -> typed("(big number) ", number.toString(), Part.NUMBER);
            case RespValue.Bool(var bool) -> line(bool ? "(true)" : "(false)", Part.BOOL);
            case RespValue.Nil() -> line("(nil)", Part.NIL);
            case RespValue.Bulk(var bytes) -> string(bytes);
            case RespValue.Verbatim(var _, var bytes) -> verbatim(bytes, indent);
            case RespValue.Array(var items) -> items(items, ") ", "(empty array)", indent);
            case RespValue.SetReply(var items) -> items(items, "~ ", "(empty set)", indent);
            case RespValue.Push(var items) -> items(items, ") ", "(empty push)", indent);
            case RespValue.MapReply(var entries) -> entries(entries, "# ", indent);
            case RespValue.Attributed(var attributes, var inner) -> {
                entries(attributes, "| ", indent);
                spans.add(new Span(indent, Part.PLAIN));
                value(inner, indent);
            }
        }
    }

    private void line(String text, Part part) {
        spans.add(new Span(text + "\n", part));
    }

    private void typed(String type, String text, Part part) {
        spans.add(new Span(type, Part.INDEX));
        line(text, part);
    }

    static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private void string(byte[] bytes) {
        spans.add(new Span(Quoted.of(bytes, MOST_BYTES), Part.STRING));
        if (bytes.length > MOST_BYTES) {
            spans.add(new Span(" … and %,d more bytes".formatted(bytes.length - MOST_BYTES), Part.NOTE));
        }
        spans.add(new Span("\n", Part.PLAIN));
    }

    /// Meant to be read as it is; what cannot be printed is still escaped.
    private void verbatim(byte[] bytes, String indent) {
        var first = true;
        for (var line : utf8(bytes).split("\r?\n", -1)) {
            if (!first) {
                spans.add(new Span(indent, Part.PLAIN));
            }
            first = false;
            line(Quoted.escaped(line.getBytes(StandardCharsets.UTF_8), MOST_BYTES, false), Part.PLAIN);
        }
    }

    private void items(List<RespValue> items, String mark, String empty, String indent) {
        if (items.isEmpty()) {
            line(empty, Part.NIL);
            return;
        }
        var width = Integer.toString(items.size()).length();
        var inner = indent + " ".repeat(width + mark.length());
        for (var i = 0; i < items.size(); i++) {
            if (leftOut(i, items.size(), indent)) {
                return;
            }
            index(i, width, mark, indent);
            value(items.get(i), inner);
        }
    }

    private void entries(List<RespValue.Entry> entries, String mark, String indent) {
        if (entries.isEmpty()) {
            line("(empty map)", Part.NIL);
            return;
        }
        var width = Integer.toString(entries.size()).length();
        var inner = indent + " ".repeat(width + mark.length());
        for (var i = 0; i < entries.size(); i++) {
            if (leftOut(i, entries.size(), indent)) {
                return;
            }
            index(i, width, mark, indent);
            value(entries.get(i).key(), inner);
            var value = entries.get(i).value();
            if (nested(value) || nested(entries.get(i).key())) {
                spans.add(new Span(inner + "=> ", Part.INDEX));
                value(value, inner + "   ");
            } else {
                // A key and its value stand on one line where both are one.
                var key = spans.removeLast();
                spans.add(new Span(key.text().substring(0, key.text().length() - 1), key.part()));
                spans.add(new Span(" => ", Part.INDEX));
                value(value, inner);
            }
        }
    }

    private static boolean nested(RespValue value) {
        return switch (value) {
            case RespValue.Array(var items) -> !items.isEmpty();
            case RespValue.SetReply(var items) -> !items.isEmpty();
            case RespValue.Push(var items) -> !items.isEmpty();
            case RespValue.MapReply(var entries) -> !entries.isEmpty();
            case RespValue.Attributed _, RespValue.Verbatim _ -> true;
            default -> false;
        };
    }

    private void index(int i, int width, String mark, String indent) {
        var number = Integer.toString(i + 1);
        var before = i == 0 ? "" : indent;
        spans.add(new Span(before + " ".repeat(width - number.length()) + number + mark, Part.INDEX));
    }

    private boolean leftOut(int shown, int size, String indent) {
        if (values < MOST_VALUES) {
            return false;
        }
        line((shown == 0 ? "" : indent) + "… and %,d more".formatted(size - shown), Part.NOTE);
        return true;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
