package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiTrace;

/// What the child says, as bytes.
final class FromChildCodec {
    private FromChildCodec() {}

    static FrameWriter write(FromChild message) {
        var out = new FrameWriter();
        out.int64(message.ask());
        out.int32(message.session());
        switch (message.news()) {
            case FromChild.Hello(var version) -> {
                out.int8(1);
                out.int32(version);
            }
            case FromChild.Status(var status) -> {
                out.int8(2);
                putStatus(out, status);
            }
            case FromChild.Output(var stream, var copy) -> {
                out.int8(3);
                out.constant(stream);
                out.int64(copy.from());
                out.bytes(copy.bytes());
            }
            case FromChild.Opened(var info) -> {
                out.int8(4);
                putInfo(out, info);
            }
            case FromChild.Called(var outcome) -> {
                out.int8(5);
                Shapes.putOutcome(out, outcome);
            }
            case FromChild.Copied(var copy) -> {
                out.int8(6);
                out.int32(copy.memory());
                out.int64(copy.address());
                out.int64(copy.epoch());
                out.bool(copy.live());
                out.bytes(copy.bytes());
            }
            case FromChild.Written(var ranges) -> {
                out.int8(7);
                out.list(ranges, Shapes::putRange);
            }
            case FromChild.Changed(var changes) -> {
                out.int8(8);
                out.int64(changes.epoch());
                out.list(changes.ranges(), Shapes::putRange);
                out.int32(changes.total());
                out.int64(changes.bytes());
            }
            case FromChild.Undone(var outcome) -> {
                out.int8(9);
                putUndo(out, outcome);
            }
            case FromChild.Globals(var values) -> {
                out.int8(10);
                out.list(values, FromChildCodec::putGlobal);
            }
            case FromChild.Failed(var kind, var sentence, var outcome) -> {
                out.int8(11);
                out.constant(kind);
                out.text(sentence);
                out.optional(outcome, Shapes::putOutcome);
            }
            case FromChild.WasiCalls(var trace) -> {
                out.int8(12);
                out.int64(trace.from());
                out.list(trace.calls(), WasiShapes::putCall);
            }
        }
        return out;
    }

    /// @throws ProtocolException when it is no message of a child
    static FromChild read(FrameReader frame) {
        return frame.whole(in -> new FromChild(in.int64(), in.int32(), news(in)));
    }

    private static FromChild.News news(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new FromChild.Hello(in.int32());
            case 2 -> new FromChild.Status(status(in));
            case 3 -> new FromChild.Output(in.constant(OutputStreamName.class), new OutputCopy(in.int64(), in.bytes()));
            case 4 -> new FromChild.Opened(info(in));
            case 5 -> new FromChild.Called(Shapes.outcome(in));
            case 6 -> copied(in);
            case 7 -> new FromChild.Written(in.list(Shapes::range));
            case 8 -> new FromChild.Changed(new Changes(in.int64(), in.list(Shapes::range), in.int32(), in.int64()));
            case 9 -> new FromChild.Undone(undo(in));
            case 10 -> new FromChild.Globals(in.list(FromChildCodec::global));
            case 11 ->
                new FromChild.Failed(in.constant(FromChild.Failed.Kind.class), in.text(), in.optional(Shapes::outcome));
            case 12 -> new FromChild.WasiCalls(new WasiTrace(in.int64(), in.list(WasiShapes::call)));
            default -> throw new ProtocolException("There is no news number %d.".formatted(kind));
        };
    }

    private static FromChild.Copied copied(FrameReader in) {
        int memory = in.int32();
        long address = in.int64();
        long epoch = in.int64();
        boolean live = in.bool();
        return new FromChild.Copied(new MemoryCopy(memory, address, in.bytes(), epoch, live));
    }

    private static void putStatus(FrameWriter out, SessionStatus status) {
        switch (status.phase()) {
            case SessionStatus.Phase.Idle() -> out.int8(1);
            case SessionStatus.Phase.Running(var export, var since) -> {
                out.int8(2);
                out.text(export);
                Shapes.putDuration(out, since);
            }
            case SessionStatus.Phase.Closed(var reason) -> {
                out.int8(3);
                out.optional(reason, FrameWriter::text);
            }
        }
        out.int64(status.epoch());
        out.bool(status.tainted());
        out.int32(status.undoSteps());
        out.list(status.memoryPages(), FrameWriter::int32);
        out.int64(status.output().stdout());
        out.int64(status.output().stderr());
    }

    private static SessionStatus status(FrameReader in) {
        return new SessionStatus(
                phase(in),
                in.int64(),
                in.bool(),
                in.int32(),
                in.list(FrameReader::int32),
                new SessionStatus.OutputSizes(in.int64(), in.int64()));
    }

    private static SessionStatus.Phase phase(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new SessionStatus.Phase.Idle();
            case 2 -> new SessionStatus.Phase.Running(in.text(), Shapes.duration(in));
            case 3 -> new SessionStatus.Phase.Closed(in.optional(FrameReader::text));
            default -> throw new ProtocolException("There is no phase number %d.".formatted(kind));
        };
    }

    private static void putInfo(FrameWriter out, SessionInfo info) {
        out.text(info.id());
        out.text(info.module());
        out.text(info.runtime());
        out.constant(info.placement());
        out.constant(info.memoryKind());
        Shapes.putLimits(out, info.limits());
        out.list(info.exports(), (o, export) -> {
            o.text(export.name());
            o.constant(export.kind());
            o.int32(export.index());
            o.optional(export.function(), Shapes::putFunctionType);
        });
    }

    private static SessionInfo info(FrameReader in) {
        return new SessionInfo(
                in.text(),
                in.text(),
                in.text(),
                in.constant(Placement.class),
                in.constant(MemoryKind.class),
                Shapes.limits(in),
                in.list(i -> new ExportInfo(
                        i.text(), i.constant(ExternKind.class), i.int32(), i.optional(Shapes::functionType))));
    }

    private static void putUndo(FrameWriter out, UndoOutcome outcome) {
        switch (outcome) {
            case UndoOutcome.Undone(var step) -> {
                out.int8(1);
                out.text(step);
            }
            case UndoOutcome.NothingToUndo(var reason) -> {
                out.int8(2);
                out.text(reason);
            }
        }
    }

    private static UndoOutcome undo(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new UndoOutcome.Undone(in.text());
            case 2 -> new UndoOutcome.NothingToUndo(in.text());
            default -> throw new ProtocolException("There is no undo outcome number %d.".formatted(kind));
        };
    }

    private static void putGlobal(FrameWriter out, GlobalValue global) {
        out.int32(global.index());
        out.text(global.name());
        out.bool(global.mutable());
        Shapes.putValue(out, global.value());
    }

    private static GlobalValue global(FrameReader in) {
        return new GlobalValue(in.int32(), in.text(), in.bool(), Shapes.value(in));
    }
}
