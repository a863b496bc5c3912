package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiTrace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Traced calls: written by the guest's thread, read by any. The oldest are dropped when there are too many.
public final class WasiTraceRing {
    /// Of calls. One takes some hundred bytes, and at most about 2 KiB.
    public static final int CAPACITY = 10_000;

    private final ArrayDeque<WasiCall> calls = new ArrayDeque<>();
    private long next = 1;

    /// Number of the call that comes next.
    public synchronized long next() {
        return next;
    }

    /// @throws IllegalArgumentException when its number is lower than the last one's
    public synchronized void add(WasiCall call) {
        if (call.number() < next) {
            throw new IllegalArgumentException("Call %d comes after call %d.".formatted(call.number(), next - 1));
        }
        if (call.number() > next) {
            // What lies between was dropped elsewhere; a trace has no gaps.
            calls.clear();
        }
        calls.add(call);
        next = call.number() + 1;
        if (calls.size() > CAPACITY) {
            calls.removeFirst();
        }
    }

    /// What there is from a number on.
    public synchronized WasiTrace from(long number) {
        if (number < 1) {
            throw new IndexOutOfBoundsException("Calls are counted from 1, not from " + number + ".");
        }
        var oldest = next - calls.size();
        var from = Math.min(Math.max(number, oldest), next);
        if (from == next) {
            return new WasiTrace(next, List.of());
        }
        var wanted = new ArrayList<WasiCall>();
        var newest = calls.descendingIterator();
        for (long i = next; i > from; i--) {
            wanted.add(newest.next());
        }
        return new WasiTrace(from, wanted.reversed());
    }
}
