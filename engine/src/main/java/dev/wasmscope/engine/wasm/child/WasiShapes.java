package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiValue;

/// How traced WASI calls are written and read.
final class WasiShapes {
    private WasiShapes() {}

    static void putCall(FrameWriter out, WasiCall call) {
        out.int64(call.number());
        out.int64(call.at());
        out.text(call.function());
        out.list(call.arguments(), (o, argument) -> {
            o.text(argument.name());
            o.int64(argument.raw());
            putValue(o, argument.value());
        });
        switch (call.outcome()) {
            case WasiCall.Outcome.Errno(var code, var name) -> {
                out.int8(1);
                out.int32(code);
                out.text(name);
            }
            case WasiCall.Outcome.Gave(var values) -> {
                out.int8(3);
                out.text(values);
            }
            case WasiCall.Outcome.Ended(var how) -> {
                out.int8(2);
                out.text(how);
            }
        }
        out.int64(call.nanos());
        out.int64(call.moved());
    }

    static WasiCall call(FrameReader in) {
        return new WasiCall(
                in.int64(),
                in.int64(),
                in.text(),
                in.list(i -> new WasiCall.Argument(i.text(), i.int64(), value(i))),
                outcome(in),
                in.int64(),
                in.int64());
    }

    private static WasiCall.Outcome outcome(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new WasiCall.Outcome.Errno(in.int32(), in.text());
            case 2 -> new WasiCall.Outcome.Ended(in.text());
            case 3 -> new WasiCall.Outcome.Gave(in.text());
            default -> throw new ProtocolException("There is no outcome number %d of a WASI call.".formatted(kind));
        };
    }

    private static void putValue(FrameWriter out, WasiValue value) {
        switch (value) {
            case WasiValue.Plain(var number) -> {
                out.int8(1);
                out.int64(number);
            }
            case WasiValue.Descriptor(var number, var name) -> {
                out.int8(2);
                out.int32(number);
                out.text(name);
            }
            case WasiValue.Named(var number, var name) -> {
                out.int8(3);
                out.int64(number);
                out.text(name);
            }
            case WasiValue.Flags(var bits, var names) -> {
                out.int8(4);
                out.int64(bits);
                out.list(names, FrameWriter::text);
            }
            case WasiValue.Text(var at, var head) -> {
                out.int8(5);
                putSpan(out, at);
                out.bytes(head);
            }
            case WasiValue.Bytes(var at, var head) -> {
                out.int8(6);
                putSpan(out, at);
                out.bytes(head);
            }
            case WasiValue.Pieces(var at, var count, var first) -> {
                out.int8(7);
                putSpan(out, at);
                out.int64(count);
                out.list(first, WasiShapes::putValue);
            }
            case WasiValue.Fields(var at, var fields) -> {
                out.int8(8);
                putSpan(out, at);
                out.list(fields, (o, field) -> {
                    o.text(field.name());
                    putValue(o, field.value());
                });
            }
            case WasiValue.Place(var at) -> {
                out.int8(9);
                putSpan(out, at);
            }
            case WasiValue.Unreadable(var at) -> {
                out.int8(10);
                putSpan(out, at);
            }
        }
    }

    private static WasiValue value(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new WasiValue.Plain(in.int64());
            case 2 -> new WasiValue.Descriptor(in.int32(), in.text());
            case 3 -> new WasiValue.Named(in.int64(), in.text());
            case 4 -> new WasiValue.Flags(in.int64(), in.list(FrameReader::text));
            case 5 -> new WasiValue.Text(span(in), in.bytes());
            case 6 -> new WasiValue.Bytes(span(in), in.bytes());
            case 7 -> new WasiValue.Pieces(span(in), in.int64(), in.list(WasiShapes::value));
            case 8 -> new WasiValue.Fields(span(in), in.list(i -> new WasiValue.Field(i.text(), value(i))));
            case 9 -> new WasiValue.Place(span(in));
            case 10 -> new WasiValue.Unreadable(span(in));
            default -> throw new ProtocolException("There is no WASI value number %d.".formatted(kind));
        };
    }

    private static void putSpan(FrameWriter out, WasiValue.Span at) {
        out.int64(at.address());
        out.int64(at.length());
    }

    private static WasiValue.Span span(FrameReader in) {
        return new WasiValue.Span(in.int64(), in.int64());
    }
}
