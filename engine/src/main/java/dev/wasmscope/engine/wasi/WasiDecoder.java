package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiCall.Argument;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasiValue;
import dev.wasmscope.engine.spi.WasiValue.Field;
import dev.wasmscope.engine.wasi.WasiSignature.Kind;
import dev.wasmscope.engine.wasi.WasiSignature.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Says what the raw arguments of one call mean: those that go in before it, those that come out after it.
///
/// It only looks, and at nothing outside the memory, whatever the guest passes.
final class WasiDecoder {
    /// Kept of a text or of bytes.
    static final int HEAD = 128;

    /// Kept of a list of buffers.
    private static final int MOST_PIECES = 8;

    private static final int IOVEC_BYTES = 8;
    private static final int POINTER_BYTES = 4;

    private final WasiSignature signature;
    private final long[] raw;
    private final GuestBytes memory;
    private final WasiDescriptors descriptors;
    private final WasiGrants grants;
    private final WasiStructures structures;

    WasiDecoder(
            WasiSignature signature, long[] raw, GuestBytes memory, WasiDescriptors descriptors, WasiGrants grants) {
        this.signature = signature;
        this.raw = raw;
        this.memory = memory;
        this.descriptors = descriptors;
        this.grants = grants;
        this.structures = new WasiStructures(memory, descriptors::of);
    }

    /// All arguments; of those that come out only where.
    List<Argument> before() {
        var all = new ArrayList<Argument>();
        for (var parameter : signature.parameters()) {
            all.add(argument(parameter, parameter.out() ? place(parameter) : in(parameter)));
        }
        return all;
    }

    /// The same arguments after a call that succeeded.
    List<Argument> after(List<Argument> before) {
        var moved = moved();
        var all = new ArrayList<>(before);
        for (int i = 0; i < all.size(); i++) {
            var parameter = signature.parameters().get(i);
            if (parameter.out()) {
                all.set(i, argument(parameter, out(parameter, moved)));
            }
        }
        return all;
    }

    /// Bytes that a call moved which succeeded.
    long moved() {
        if (signature.moved() < 0) {
            return 0;
        }
        var parameter = signature.parameters().get(signature.moved());
        if (parameter.kind().width() == 2) {
            return second(parameter);
        }
        return counted(first(parameter));
    }

    /// What the host wrote behind a pointer.
    private long counted(long pointer) {
        var at = GuestBytes.span(pointer, POINTER_BYTES);
        return memory.holds(at) ? memory.u32(at.address()) : 0;
    }

    private Argument argument(Parameter parameter, WasiValue value) {
        return new Argument(parameter.name(), first(parameter), value);
    }

    private long first(Parameter parameter) {
        var value = raw[parameter.at()];
        return switch (parameter.kind()) {
            case U64, S64, RIGHTS -> value;
            default -> value & 0xffff_ffffL;
        };
    }

    private long second(Parameter parameter) {
        return raw[parameter.at() + 1] & 0xffff_ffffL;
    }

    private WasiValue in(Parameter parameter) {
        var value = first(parameter);
        return switch (parameter.kind()) {
            case FD -> descriptors.of((int) value);
            case CLOCK -> WasiNames.one(WasiNames.CLOCK, value);
            case WHENCE -> WasiNames.one(WasiNames.WHENCE, value);
            case ADVICE -> WasiNames.one(WasiNames.ADVICE, value);
            case SIGNAL -> WasiNames.one(WasiNames.SIGNAL, value);
            case FAMILY -> WasiNames.one(WasiNames.FAMILY, value);
            case SOCKETTYPE -> WasiNames.one(WasiNames.SOCKET_TYPE, value);
            case SOCKETOPTION -> WasiNames.one(WasiNames.SOCKET_OPTION, value);
            case ADDRESS -> structures.address(value);
            case FDFLAGS -> WasiNames.flags(WasiNames.FD_FLAGS, value);
            case OFLAGS -> WasiNames.flags(WasiNames.OPEN_FLAGS, value);
            case LOOKUP -> WasiNames.flags(WasiNames.LOOKUP_FLAGS, value);
            case TIMEFLAGS -> WasiNames.flags(WasiNames.TIME_FLAGS, value);
            case SHUTDOWNFLAGS -> WasiNames.flags(WasiNames.SHUTDOWN_FLAGS, value);
            case RECEIVEFLAGS -> WasiNames.flags(WasiNames.RECEIVE_FLAGS, value);
            case RIGHTS -> WasiNames.flags(WasiNames.RIGHTS, value);
            case TEXT -> text(value, second(parameter));
            case BYTES -> bytes(value, second(parameter), HEAD);
            case BUFFERS -> buffers(value, second(parameter), Long.MAX_VALUE);
            case SUBSCRIPTIONS -> structures.subscriptions(value, raw[2] & 0xffff_ffffL);
            default -> new WasiValue.Plain(value);
        };
    }

    private WasiValue out(Parameter parameter, long moved) {
        var at = first(parameter);
        return switch (parameter.kind()) {
            case U16 -> single(parameter, () -> new WasiValue.Plain(memory.u16(at)));
            case U32 -> single(parameter, () -> new WasiValue.Plain(memory.u32(at)));
            case U64 -> single(parameter, () -> new WasiValue.Plain(memory.u64(at)));
            case FD -> single(parameter, () -> descriptors.of((int) memory.u32(at)));
            case FDSTAT -> structures.fdstat(at);
            case FILESTAT -> structures.filestat(at);
            case PRESTAT -> structures.prestat(at);
            case ADDRESS -> structures.address(at);
            case EVENTS -> structures.events(at, counted(raw[3]));
            case TEXT -> text(at, second(parameter));
            case BYTES -> bytes(at, Math.min(moved, second(parameter)), HEAD);
            case BUFFERS -> buffers(at, second(parameter), moved);
            case ARGUMENTS -> strings(at, grants.arguments().size());
            case ENVIRONMENT -> strings(at, grants.environment().size());
            default -> place(parameter);
        };
    }

    private interface Reading {
        WasiValue value();
    }

    private WasiValue single(Parameter parameter, Reading reading) {
        var span = GuestBytes.span(first(parameter), WasiSignature.bytes(parameter.kind()));
        return memory.holds(span)
                ? new WasiValue.Fields(span, List.of(new Field("", reading.value())))
                : new WasiValue.Unreadable(span);
    }

    private WasiValue place(Parameter parameter) {
        var length = parameter.kind().width() == 2 ? second(parameter) : WasiSignature.bytes(parameter.kind());
        if (parameter.kind() == Kind.BUFFERS) {
            length *= IOVEC_BYTES;
        }
        var span = GuestBytes.span(first(parameter), length);
        return memory.holds(span) ? new WasiValue.Place(span) : new WasiValue.Unreadable(span);
    }

    private WasiValue text(long address, long length) {
        var span = GuestBytes.span(address, length);
        return memory.holds(span) ? new WasiValue.Text(span, memory.head(span, HEAD)) : new WasiValue.Unreadable(span);
    }

    private WasiValue bytes(long address, long length, int most) {
        var span = GuestBytes.span(address, length);
        return memory.holds(span) ? new WasiValue.Bytes(span, memory.head(span, most)) : new WasiValue.Unreadable(span);
    }

    /// @param filled how many bytes of all buffers together count
    private WasiValue buffers(long address, long count, long filled) {
        var list = new WasiValue.Span(address, count * IOVEC_BYTES);
        if (!memory.holds(list)) {
            return new WasiValue.Unreadable(list);
        }
        var pieces = new ArrayList<WasiValue>();
        var left = filled;
        for (long i = 0; i < Math.min(count, MOST_PIECES); i++) {
            var length = memory.u32(address + i * IOVEC_BYTES + POINTER_BYTES);
            pieces.add(bytes(memory.u32(address + i * IOVEC_BYTES), Math.min(length, left), HEAD));
            left -= Math.min(length, left);
        }
        return new WasiValue.Pieces(list, count, pieces);
    }

    /// Pointers to texts that end with a zero.
    private WasiValue strings(long address, int count) {
        var list = new WasiValue.Span(address, (long) count * POINTER_BYTES);
        if (!memory.holds(list)) {
            return new WasiValue.Unreadable(list);
        }
        var pieces = new ArrayList<WasiValue>();
        for (int i = 0; i < Math.min(count, MOST_PIECES); i++) {
            var at = memory.u32(address + (long) i * POINTER_BYTES);
            long length = 0;
            while (length < HEAD && memory.holds(new WasiValue.Span(at + length, 1)) && memory.u8(at + length) != 0) {
                length++;
            }
            pieces.add(text(at, length));
        }
        return new WasiValue.Pieces(list, count, pieces);
    }

    /// Keeps what descriptors stand for.
    void follow() {
        switch (signature.function()) {
            case "path_open" -> {
                var path = text(raw[2], raw[3]);
                var opened = GuestBytes.span(raw[8], 4);
                if (memory.holds(opened) && path instanceof WasiValue.Text(var _, var head)) {
                    descriptors.opened(
                            (int) memory.u32(opened.address()), (int) raw[0], new String(head, StandardCharsets.UTF_8));
                }
            }
            case "sock_accept" -> {
                var accepted = GuestBytes.span(raw[raw.length - 1], 4);
                if (memory.holds(accepted)) {
                    descriptors.opened((int) memory.u32(accepted.address()));
                }
            }
            case "sock_open" -> {
                var opened = GuestBytes.span(raw[2], 4);
                if (memory.holds(opened)) {
                    descriptors.named((int) memory.u32(opened.address()), "socket");
                }
            }
            case "sock_connect" ->
                structures.host(raw[1]).ifPresent(host -> descriptors.named((int) raw[0], host + ":" + raw[2]));
            case "fd_close" -> descriptors.closed((int) raw[0]);
            case "fd_renumber" -> descriptors.moved((int) raw[0], (int) raw[1]);
            default -> {
                // The others leave descriptors as they are.
            }
        }
    }
}
