package dev.wasmscope.engine.resp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Bytes out of values.
public final class RespEncoder {
    private static final byte[] LINE_END = {'\r', '\n'};

    private RespEncoder() {}

    /// A request: an array of strings.
    public static byte[] command(List<byte[]> arguments) {
        var out = new ByteArrayOutputStream();
        line(out, '*', arguments.size());
        arguments.forEach(argument -> bulk(out, '$', argument));
        return out.toByteArray();
    }

    /// A request whose arguments are text.
    public static byte[] command(String... arguments) {
        return command(List.of(arguments).stream()
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /// A reply in RESP3.
    public static byte[] value(RespValue value) {
        var out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, RespValue value) {
        switch (value) {
            case RespValue.SimpleString(var text) -> line(out, '+', text);
            case RespValue.SimpleError(var text) -> line(out, '-', text);
            case RespValue.Int(var number) -> line(out, ':', number);
            case RespValue.Nil() -> line(out, '_', "");
            case RespValue.Bool(var bool) -> line(out, '#', bool ? "t" : "f");
            case RespValue.Dbl(var number) -> line(out, ',', text(number));
            case RespValue.BigNumber(var number) -> line(out, '(', number);
            case RespValue.Bulk(var bytes) -> bulk(out, '$', bytes);
            case RespValue.BulkError(var bytes) -> bulk(out, '!', bytes);
            case RespValue.Verbatim(var format, var bytes) -> verbatim(out, format, bytes);
            case RespValue.Array(var items) -> items(out, '*', items);
            case RespValue.SetReply(var items) -> items(out, '~', items);
            case RespValue.Push(var items) -> items(out, '>', items);
            case RespValue.MapReply(var entries) -> entries(out, '%', entries);
            case RespValue.Attributed(var attributes, var inner) -> {
                entries(out, '|', attributes);
                write(out, inner);
            }
        }
    }

    private static String text(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return Double.toString(number);
    }

    private static void verbatim(ByteArrayOutputStream out, String format, byte[] bytes) {
        var head = (format + ":").getBytes(StandardCharsets.ISO_8859_1);
        if (head.length != 4) {
            throw new IllegalArgumentException("The format '%s' does not have three letters.".formatted(format));
        }
        line(out, '=', head.length + bytes.length);
        out.writeBytes(head);
        out.writeBytes(bytes);
        out.writeBytes(LINE_END);
    }

    private static void items(ByteArrayOutputStream out, char type, List<RespValue> items) {
        line(out, type, items.size());
        items.forEach(item -> write(out, item));
    }

    private static void entries(ByteArrayOutputStream out, char type, List<RespValue.Entry> entries) {
        line(out, type, entries.size());
        entries.forEach(entry -> {
            write(out, entry.key());
            write(out, entry.value());
        });
    }

    private static void bulk(ByteArrayOutputStream out, char type, byte[] bytes) {
        line(out, type, bytes.length);
        out.writeBytes(bytes);
        out.writeBytes(LINE_END);
    }

    private static void line(ByteArrayOutputStream out, char type, Object text) {
        var line = text.toString();
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A simple string cannot hold a line end; send it as a bulk string.");
        }
        out.write(type);
        out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(LINE_END);
    }
}
