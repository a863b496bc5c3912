package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.WasmFrame;
import java.time.Duration;
import java.util.OptionalLong;

/// How the records of the contract are written and read, those that both directions need.
final class Shapes {
    private Shapes() {}

    static void putDuration(FrameWriter out, Duration duration) {
        out.int64(duration.getSeconds());
        out.int32(duration.getNano());
    }

    static Duration duration(FrameReader in) {
        return Duration.ofSeconds(in.int64(), in.int32());
    }

    static void putLimits(FrameWriter out, Limits limits) {
        putDuration(out, limits.callTime());
        out.int32(limits.memoryPages());
        out.int32(limits.callDepth());
    }

    static Limits limits(FrameReader in) {
        return new Limits(duration(in), in.int32(), in.int32());
    }

    static void putType(FrameWriter out, ValueType type) {
        out.constant(type.kind());
        out.text(type.text());
    }

    static ValueType type(FrameReader in) {
        return new ValueType(in.constant(ValueType.Kind.class), in.text());
    }

    static void putFunctionType(FrameWriter out, FunctionType type) {
        out.list(type.parameters(), Shapes::putType);
        out.list(type.results(), Shapes::putType);
    }

    static FunctionType functionType(FrameReader in) {
        return new FunctionType(in.list(Shapes::type), in.list(Shapes::type));
    }

    static void putValue(FrameWriter out, Value value) {
        putType(out, value.type());
        out.int64(value.low());
        out.int64(value.high());
    }

    static Value value(FrameReader in) {
        return new Value(type(in), in.int64(), in.int64());
    }

    static void putRange(FrameWriter out, ChangedRange range) {
        out.int32(range.memory());
        out.int64(range.address());
        out.bytes(range.before());
        out.bytes(range.after());
    }

    static ChangedRange range(FrameReader in) {
        return new ChangedRange(in.int32(), in.int64(), in.bytes(), in.bytes());
    }

    static void putOutcome(FrameWriter out, CallOutcome outcome) {
        switch (outcome) {
            case CallOutcome.Returned(var results, var elapsed) -> {
                out.int8(1);
                out.list(results, Shapes::putValue);
                putDuration(out, elapsed);
            }
            case CallOutcome.Trapped(var reason, var offset, var address, var backtrace, var elapsed) -> {
                out.int8(2);
                out.text(reason);
                putLong(out, offset);
                putLong(out, address);
                out.list(backtrace, Shapes::putFrame);
                putDuration(out, elapsed);
            }
            case CallOutcome.TimedOut(var deadline, var stopped, var backtrace, var elapsed) -> {
                out.int8(3);
                putDuration(out, deadline);
                out.bool(stopped);
                out.list(backtrace, Shapes::putFrame);
                putDuration(out, elapsed);
            }
            case CallOutcome.Rejected(var reason) -> {
                out.int8(4);
                out.text(reason);
            }
            case CallOutcome.Exited(var code, var elapsed) -> {
                out.int8(5);
                out.int32(code);
                putDuration(out, elapsed);
            }
        }
    }

    static CallOutcome outcome(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new CallOutcome.Returned(in.list(Shapes::value), duration(in));
            case 2 ->
                new CallOutcome.Trapped(
                        in.text(), optionalLong(in), optionalLong(in), in.list(Shapes::frame), duration(in));
            case 3 -> new CallOutcome.TimedOut(duration(in), in.bool(), in.list(Shapes::frame), duration(in));
            case 4 -> new CallOutcome.Rejected(in.text());
            case 5 -> new CallOutcome.Exited(in.int32(), duration(in));
            default -> throw new ProtocolException("There is no outcome number %d.".formatted(kind));
        };
    }

    private static void putFrame(FrameWriter out, WasmFrame frame) {
        out.int32(frame.function());
        out.text(frame.name());
        putLong(out, frame.offset());
    }

    private static WasmFrame frame(FrameReader in) {
        return new WasmFrame(in.int32(), in.text(), optionalLong(in));
    }

    private static void putLong(FrameWriter out, OptionalLong value) {
        out.bool(value.isPresent());
        value.ifPresent(out::int64);
    }

    private static OptionalLong optionalLong(FrameReader in) {
        return in.bool() ? OptionalLong.of(in.int64()) : OptionalLong.empty();
    }
}
