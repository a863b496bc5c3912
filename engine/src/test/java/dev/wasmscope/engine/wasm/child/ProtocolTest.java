package dev.wasmscope.engine.wasm.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasmFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ProtocolTest {
    private static final Duration TIME = Duration.ofNanos(1_234_567_891);
    private static final byte[] BYTES = {1, 0, -1};
    private static final Value VECTOR = new Value(ValueType.V128, -1, 5);
    private static final List<WasmFrame> FRAMES =
            List.of(new WasmFrame(-1, "p.boom", OptionalLong.empty()), new WasmFrame(3, "füll", OptionalLong.of(77)));
    private static final SessionRequest REQUEST = new SessionRequest(
            new ModuleSource("a.wasm", Optional.of(Path.of("folder", "a.wasm")), BYTES),
            "interpreter",
            Placement.IN_PROCESS,
            MemoryKind.PLAIN,
            new Limits(TIME, 3, 4),
            Optional.of(new WasiGrants(
                    List.of("a", "b c"),
                    Map.of("K", "V"),
                    BYTES,
                    List.of(new WasiGrants.Directory(Path.of("d"), "/g", true)))),
            Map.of(),
            true);

    private static final List<ToChild.Order> ORDERS = List.of(
            new ToChild.Open(REQUEST, Map.of("p", 7)),
            new ToChild.Call(new CallRequest("f", List.of(Value.i64(-1), VECTOR), Optional.of(TIME))),
            new ToChild.Call(CallRequest.of("g")),
            new ToChild.Stop(),
            new ToChild.Read(1, -2, 3),
            new ToChild.Write(1, 2, BYTES),
            new ToChild.LastChanges(0, Integer.MAX_VALUE),
            new ToChild.Undo(),
            new ToChild.Globals(),
            new ToChild.Close());

    private static final List<FromChild.News> NEWS = List.of(
            new FromChild.Hello(FromChild.VERSION),
            status(new SessionStatus.Phase.Idle()),
            status(new SessionStatus.Phase.Running("f", TIME)),
            status(new SessionStatus.Phase.Closed(Optional.of("why"))),
            new FromChild.Output(OutputStreamName.STDERR, new OutputCopy(9, BYTES)),
            new FromChild.Opened(new SessionInfo(
                    "session-1",
                    "a.wasm",
                    "compiler",
                    Placement.IN_PROCESS,
                    MemoryKind.TRACKED,
                    Limits.DEFAULT,
                    List.of(
                            new ExportInfo(
                                    "f",
                                    ExternKind.FUNCTION,
                                    2,
                                    Optional.of(new FunctionType(List.of(ValueType.I32), List.of(ValueType.V128)))),
                            new ExportInfo("m", ExternKind.MEMORY, 0, Optional.empty())))),
            new FromChild.Called(new CallOutcome.Returned(List.of(VECTOR, Value.f32(Float.NaN)), TIME)),
            new FromChild.Called(
                    new CallOutcome.Trapped("unreachable", OptionalLong.of(5), OptionalLong.empty(), FRAMES, TIME)),
            new FromChild.Called(new CallOutcome.TimedOut(TIME, true, FRAMES, TIME)),
            new FromChild.Called(new CallOutcome.Rejected("no")),
            new FromChild.Called(new CallOutcome.Exited(-7, TIME)),
            new FromChild.Copied(new MemoryCopy(0, 0xffff_ffffL, BYTES, 12, true)),
            new FromChild.Written(List.of(new ChangedRange(0, 1, BYTES, BYTES))),
            new FromChild.Changed(new Changes(3, List.of(new ChangedRange(2, 1, BYTES, BYTES)), 4, 5)),
            new FromChild.Undone(new UndoOutcome.Undone("call of f")),
            new FromChild.Undone(new UndoOutcome.NothingToUndo("why")),
            new FromChild.Globals(List.of(new GlobalValue(1, "g", true, Value.f64(-0.0)))),
            new FromChild.Failed(
                    FromChild.Failed.Kind.SESSION, "sentence", Optional.of(new CallOutcome.Rejected("no"))));

    private static FromChild.Status status(SessionStatus.Phase phase) {
        return new FromChild.Status(
                new SessionStatus(phase, 4, true, 2, List.of(1, 65_535), new SessionStatus.OutputSizes(5, 6)));
    }

    private static FrameReader sent(FrameWriter frame) {
        var bytes = new ByteArrayOutputStream();
        try {
            frame.sendTo(bytes);
            return Objects.requireNonNull(
                    FrameReader.next(new ByteArrayInputStream(bytes.toByteArray()), Integer.MAX_VALUE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyMessageArrivesAsItWasSent() {
        for (var order : ORDERS) {
            var message = new ToChild(5, 6, order);
            assertThat(ToChildCodec.read(sent(ToChildCodec.write(message))))
                    .usingRecursiveComparison()
                    .isEqualTo(message);
        }
        for (var news : NEWS) {
            var message = new FromChild(Long.MAX_VALUE, -1, news);
            assertThat(FromChildCodec.read(sent(FromChildCodec.write(message))))
                    .usingRecursiveComparison()
                    .isEqualTo(message);
        }
    }

    @Test
    void messageThatEndsEarlyOrGoesOnIsRefused() {
        ORDERS.forEach(order ->
                refusesOtherLengths(ToChildCodec.write(new ToChild(1, 2, order)).content(), ToChildCodec::read));
        NEWS.forEach(news -> refusesOtherLengths(
                FromChildCodec.write(new FromChild(1, 2, news)).content(), FromChildCodec::read));
    }

    private static void refusesOtherLengths(byte[] whole, Function<FrameReader, ?> codec) {
        for (int length = 0; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.apply(new FrameReader(part))).isInstanceOf(ProtocolException.class);
        }
        var longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> codec.apply(new FrameReader(longer)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1 too many");
    }

    @Test
    void spoiltBytesAreReadOrRefusedAndNothingElse() {
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = FromChildCodec.write(new FromChild(1, 2, NEWS.get(i % NEWS.size())))
                    .content();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                FromChildCodec.read(new FrameReader(bytes));
            } catch (ProtocolException e) {
                refused++;
            }
            var order = ToChildCodec.write(new ToChild(1, 2, ORDERS.get(i % ORDERS.size())))
                    .content();
            order[random.nextInt(order.length)] = (byte) random.nextInt();
            try {
                ToChildCodec.read(new FrameReader(order));
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 39_000);
    }

    @Test
    void lengthsThatAreOnlyClaimedAllocateNothing() {
        // Two gigabytes would not fit into the heap of a test.
        byte[] frame = {0x7f, -1, -1, -8, 1, 2, 3};
        assertThatThrownBy(() -> FrameReader.next(new ByteArrayInputStream(frame), Integer.MAX_VALUE))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("after 3 of");
        byte[] negative = {-1, 0, 0, 0, 1};
        assertThatThrownBy(() -> FrameReader.next(new ByteArrayInputStream(negative), Integer.MAX_VALUE))
                .isInstanceOf(ProtocolException.class);
        byte[] count = {0x7f, -1, -1, -1, 1, 2};
        assertThatThrownBy(() -> new FrameReader(count).bytes()).hasMessageContaining("where 2 bytes are left");
        assertThatThrownBy(() -> new FrameReader(count).list(FrameReader::int8))
                .hasMessageContaining("where 2 bytes are left");
    }

    @Test
    void processThatDoesNotSpeakTheProtocolIsEnded() {
        refuses("echo hello world; exec sleep 60", "did not keep to the protocol");
        refuses("exit 3", "ended with exit code 3");
        refuses(
                "printf '\\0\\0\\0\\021\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\001\\0\\0\\0\\011'; exec sleep 60",
                "version 9");
        refuses(
                "printf '\\0\\0\\0\\021\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\001\\0\\0\\0\\001'; exec printf '\\377\\0\\0\\0'",
                "did not keep to the protocol");
    }

    private static void refuses(String script, String expected) {
        try (var sessions = new ChildSessions(() -> new ProcessBuilder("/bin/sh", "-c", script).start())) {
            assertThatThrownBy(() -> sessions.open("session-1", REQUEST).join())
                    .hasCauseInstanceOf(SessionException.class)
                    .hasMessageContaining("The process that ran a.wasm ")
                    .hasMessageContaining(expected);
        }
    }

    @Test
    void processThatCannotBeStartedIsToldInASentence() {
        try (var sessions = new ChildSessions(() -> new ProcessBuilder("/no/such/program").start())) {
            assertThatThrownBy(() -> sessions.open("session-1", REQUEST).join())
                    .hasCauseInstanceOf(SessionException.class)
                    .hasMessageContaining("could not be started");
        }
    }
}
