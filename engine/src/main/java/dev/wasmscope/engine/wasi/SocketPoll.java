package dev.wasmscope.engine.wasi;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// `poll_oneoff` with sockets among what is waited for: clocks and sockets are waited for here, files are always ready.
final class SocketPoll {
    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int CLOCK = 0;
    private static final int WRITE = 2;
    private static final int REALTIME = 0;
    private static final int MOST = 1024;

    private final SocketTable table;
    private final SocketWait waiting;
    private final LongPredicate files;

    SocketPoll(SocketTable table, SocketWait waiting, LongPredicate files) {
        this.table = table;
        this.waiting = waiting;
        this.files = files;
    }

    /// @param kind 0 clock, 1 read, 2 write
    /// @param descriptor of reads and writes
    /// @param nanos of clocks: from now on
    private record Subscription(long userData, int kind, long descriptor, long nanos) {}

    private record Event(Subscription of, Errno errno) {}

    /// Whether any of the subscriptions is for a socket, or a file that only this knows.
    boolean concerns(WasiMemory memory, long[] a) {
        try {
            return subscriptions(memory, a).stream()
                    .anyMatch(s -> s.kind != CLOCK && (SocketTable.owns(s.descriptor) || files.test(s.descriptor)));
        } catch (WasiFailure e) {
            return false;
        }
    }

    int run(WasiMemory memory, long[] a) throws IOException {
        var wanted = subscriptions(memory, a);
        memory.within(a[1], wanted.size() * (long) EVENT_BYTES);
        memory.within(a[3], Integer.BYTES);
        var events = ready(wanted);
        for (int i = 0; i < events.size(); i++) {
            write(memory, a[1] + i * (long) EVENT_BYTES, events.get(i));
        }
        memory.put32(a[3], events.size());
        return Errno.SUCCESS.code();
    }

    private static List<Subscription> subscriptions(WasiMemory memory, long[] a) throws WasiFailure {
        var count = a[2] & 0xffff_ffffL;
        if (count > MOST) {
            throw new WasiFailure(Errno.INVAL, "%d subscriptions are too many.".formatted(count));
        }
        memory.within(a[0], count * SUBSCRIPTION_BYTES);
        var all = new ArrayList<Subscription>();
        for (long i = 0; i < count; i++) {
            var at = GuestBytes.span(a[0], 0).address() + i * SUBSCRIPTION_BYTES;
            var kind = memory.u8(at + 8);
            all.add(new Subscription(memory.u64(at), kind, memory.u32(at + 16), kind == CLOCK ? nanos(memory, at) : 0));
        }
        return all;
    }

    private static long nanos(WasiMemory memory, long at) throws WasiFailure {
        var time = memory.u64(at + 24);
        if ((memory.u16(at + 40) & 1) == 0) {
            return time < 0 ? SocketWait.NO_LIMIT : time;
        }
        var now = memory.u32(at + 16) == REALTIME ? System.currentTimeMillis() * 1_000_000 : System.nanoTime();
        return Math.max(0, time - now);
    }

    private List<Event> ready(List<Subscription> wanted) throws IOException {
        var start = System.nanoTime();
        while (true) {
            var events = new ArrayList<Event>();
            var channels = new HashMap<SelectableChannel, Integer>();
            for (var one : wanted) {
                look(one, events, channels);
            }
            var found = waiting.await(channels, events.isEmpty() ? left(wanted, start) : 0);
            wanted.stream().filter(s -> isReady(s, found)).forEach(s -> events.add(new Event(s, Errno.SUCCESS)));
            var elapsed = System.nanoTime() - start;
            wanted.stream()
                    .filter(s -> s.kind == CLOCK && s.nanos <= elapsed)
                    .forEach(s -> events.add(new Event(s, Errno.SUCCESS)));
            if (!events.isEmpty()) {
                return events;
            }
        }
    }

    private static long left(List<Subscription> wanted, long start) {
        var least = wanted.stream()
                .filter(s -> s.kind == CLOCK)
                .mapToLong(Subscription::nanos)
                .min();
        return least.isEmpty() || least.getAsLong() == SocketWait.NO_LIMIT
                ? SocketWait.NO_LIMIT
                : Math.max(0, least.getAsLong() - (System.nanoTime() - start));
    }

    /// What is ready without waiting becomes an event, the rest is waited for.
    private void look(Subscription one, List<Event> events, Map<SelectableChannel, Integer> channels) {
        if (one.kind == CLOCK) {
            return;
        }
        if (!SocketTable.owns(one.descriptor)) {
            events.add(new Event(one, Errno.SUCCESS));
            return;
        }
        try {
            var socket = table.get(one.descriptor);
            var interest = socket.interest(one.kind == WRITE);
            var channel = socket.channel();
            if (interest == 0 || channel.isEmpty()) {
                events.add(new Event(one, Errno.NOTCONN));
            } else {
                channels.merge(channel.get(), interest, (x, y) -> x | y);
            }
        } catch (WasiFailure e) {
            events.add(new Event(one, e.errno()));
        }
    }

    private boolean isReady(Subscription one, Map<SelectableChannel, Integer> found) {
        if (one.kind == CLOCK || !SocketTable.owns(one.descriptor)) {
            return false;
        }
        try {
            var socket = table.get(one.descriptor);
            var interest = socket.interest(one.kind == WRITE);
            var ready = socket.channel().map(found::get).orElse(0);
            if (ready == null || (ready & interest) == 0) {
                return false;
            }
            socket.settle();
            return true;
        } catch (WasiFailure e) {
            return false;
        }
    }

    private static void write(WasiMemory memory, long at, Event event) throws WasiFailure {
        memory.write(at, new byte[EVENT_BYTES]);
        memory.put64(at, event.of.userData);
        memory.put16(at + 8, event.errno.code());
        memory.write(at + 10, new byte[] {(byte) event.of.kind});
        memory.put64(at + 16, event.of.kind == CLOCK ? 0 : 1);
    }
}
