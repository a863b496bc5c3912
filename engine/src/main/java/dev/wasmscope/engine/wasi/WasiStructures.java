package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiValue;
import dev.wasmscope.engine.spi.WasiValue.Field;
import dev.wasmscope.engine.spi.WasiValue.Span;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Structures of WASI preview 1 in a guest's memory, laid out as in the `wasi_snapshot_preview1` witx.
final class WasiStructures {
    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int MOST = 16;

    private final GuestBytes memory;
    private final IntFunction<WasiValue> descriptor;

    /// @param descriptor names one
    WasiStructures(GuestBytes memory, IntFunction<WasiValue> descriptor) {
        this.memory = memory;
        this.descriptor = descriptor;
    }

    WasiValue fdstat(long at) {
        return fields(
                at,
                24,
                () -> List.of(
                        new Field("type", WasiNames.one(WasiNames.FILE_TYPE, memory.u8(at))),
                        new Field("flags", WasiNames.flags(WasiNames.FD_FLAGS, memory.u16(at + 2))),
                        new Field("rights", WasiNames.flags(WasiNames.RIGHTS, memory.u64(at + 8))),
                        new Field("inheriting", WasiNames.flags(WasiNames.RIGHTS, memory.u64(at + 16)))));
    }

    WasiValue filestat(long at) {
        return fields(
                at,
                64,
                () -> List.of(
                        new Field("type", WasiNames.one(WasiNames.FILE_TYPE, memory.u8(at + 16))),
                        new Field("size", new WasiValue.Plain(memory.u64(at + 32))),
                        new Field("nlink", new WasiValue.Plain(memory.u64(at + 24))),
                        new Field("dev", new WasiValue.Plain(memory.u64(at))),
                        new Field("ino", new WasiValue.Plain(memory.u64(at + 8))),
                        new Field("atim", new WasiValue.Plain(memory.u64(at + 40))),
                        new Field("mtim", new WasiValue.Plain(memory.u64(at + 48))),
                        new Field("ctim", new WasiValue.Plain(memory.u64(at + 56)))));
    }

    WasiValue prestat(long at) {
        return fields(
                at,
                8,
                () -> List.of(
                        new Field("type", WasiNames.one(WasiNames.PREOPEN, memory.u8(at))),
                        new Field("name length", new WasiValue.Plain(memory.u32(at + 4)))));
    }

    WasiValue subscriptions(long at, long count) {
        return fields(at, count * SUBSCRIPTION_BYTES, () -> {
            var all = new ArrayList<Field>();
            for (long i = 0; i < Math.min(count, MOST); i++) {
                all.add(subscription(at + i * SUBSCRIPTION_BYTES));
            }
            return all;
        });
    }

    private Field subscription(long at) {
        return memory.u8(at + 8) == 0
                ? new Field(
                        "clock " + text(WasiNames.one(WasiNames.CLOCK, memory.u32(at + 16))),
                        new WasiValue.Named(
                                memory.u64(at + 24),
                                (memory.u16(at + 40) & 1) == 0
                                        ? memory.u64(at + 24) + " ns"
                                        : "until " + memory.u64(at + 24)))
                : new Field(text(WasiNames.one(WasiNames.EVENT, memory.u8(at + 8))), descriptor.apply((int)
                        memory.u32(at + 16)));
    }

    /// @param count of events that came
    WasiValue events(long at, long count) {
        return fields(at, count * EVENT_BYTES, () -> {
            var all = new ArrayList<Field>();
            for (long i = 0; i < Math.min(count, MOST); i++) {
                var event = at + i * EVENT_BYTES;
                all.add(new Field(
                        text(WasiNames.one(WasiNames.EVENT, memory.u8(event + 10))),
                        WasiNames.errnoValue((int) memory.u16(event + 8))));
            }
            return all;
        });
    }

    private static String text(WasiValue value) {
        return value instanceof WasiValue.Named(var _, var name) ? name : "?";
    }

    /// @param at of a pointer to an address and of its size
    WasiValue address(long at) {
        return fields(
                at,
                8,
                () -> List.of(new Field(
                        "",
                        host(at).<WasiValue>map(text -> new WasiValue.Named(memory.u32(at), text))
                                .orElseGet(() -> new WasiValue.Unreadable(
                                        GuestBytes.span(memory.u32(at), memory.u32(at + 4)))))));
    }

    /// Its text, where there is an address at all.
    Optional<String> host(long pointer) {
        var at = pointer & 0xffff_ffffL;
        if (!memory.holds(new Span(at, 8))) {
            return Optional.empty();
        }
        var span = new Span(memory.u32(at), memory.u32(at + 4));
        if (!memory.holds(span) || (span.length() != 4 && span.length() != 16)) {
            return Optional.empty();
        }
        try {
            var host = InetAddress.getByAddress(memory.head(span, 16));
            return Optional.of(
                    host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private interface Reading {
        List<Field> fields();
    }

    private WasiValue fields(long at, long length, Reading reading) {
        var span = new Span(at, length);
        return memory.holds(span) ? new WasiValue.Fields(span, reading.fields()) : new WasiValue.Unreadable(span);
    }
}
