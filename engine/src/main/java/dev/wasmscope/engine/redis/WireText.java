package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.redis.Span.Part;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Draws a reply as it came over the wire: types, lengths and line ends, every byte.
public final class WireText {
    private static final int MOST_LINES = 5_000;
    private static final int MOST_BYTES = 64 * 1024;

    private final List<Span> spans = new ArrayList<>();
    private final int protocol;
    private int lines;
    private int leftOut;

    private WireText(int protocol) {
        this.protocol = protocol;
    }

    /// @param protocol 2 or 3, as agreed with the server: nothing looks different in each
    public static List<Span> of(RespValue value, int protocol) {
        var text = new WireText(protocol);
        text.value(value);
        if (text.leftOut > 0) {
            text.spans.add(new Span("… and %,d more lines%n".formatted(text.leftOut), Part.NOTE));
        }
        return List.copyOf(text.spans);
    }

    private void value(RespValue value) {
        switch (value) {
            case RespValue.Bulk(var bytes) -> bulk('$', bytes);
            case RespValue.BulkError(var bytes) -> bulk('!', bytes);
            case RespValue.Verbatim(var format, var bytes) -> {
                var head = (format + ":").getBytes(StandardCharsets.ISO_8859_1);
                var all = new byte[head.length + bytes.length];
                System.arraycopy(head, 0, all, 0, head.length);
                System.arraycopy(bytes, 0, all, head.length, bytes.length);
                bulk('=', all);
            }
            case RespValue.Nil() when protocol == 2 -> header("$-1");
            case RespValue.Array(var items) -> items('*', items);
            case RespValue.SetReply(var items) -> items('~', items);
            case RespValue.Push(var items) -> items(protocol == 2 ? '*' : '>', items);
            case RespValue.MapReply(var entries) -> entries('%', entries);
            case RespValue.Attributed(var attributes, var inner) -> {
                entries('|', attributes);
                value(inner);
            }
            default -> header(new String(RespEncoder.value(value), StandardCharsets.UTF_8).strip());
        }
    }

    private void items(char type, List<RespValue> items) {
        header(type + Integer.toString(items.size()));
        items.forEach(this::value);
    }

    private void entries(char type, List<RespValue.Entry> entries) {
        header(type + Integer.toString(entries.size()));
        entries.forEach(entry -> {
            value(entry.key());
            value(entry.value());
        });
    }

    private void bulk(char type, byte[] bytes) {
        header(type + Integer.toString(bytes.length));
        if (full()) {
            return;
        }
        spans.add(new Span(Quoted.escaped(bytes, MOST_BYTES, false), Part.STRING));
        if (bytes.length > MOST_BYTES) {
            spans.add(new Span(" … and %,d more bytes ".formatted(bytes.length - MOST_BYTES), Part.NOTE));
        }
        lineEnd();
    }

    private void header(String text) {
        if (full()) {
            return;
        }
        spans.add(new Span(text.substring(0, 1), Part.INDEX));
        spans.add(new Span(text.substring(1), text.startsWith("-") ? Part.ERROR : Part.NUMBER));
        lineEnd();
    }

    private boolean full() {
        if (lines++ < MOST_LINES) {
            return false;
        }
        leftOut++;
        return true;
    }

    private void lineEnd() {
        spans.add(new Span("\\r\\n\n", Part.NOTE));
    }
}
