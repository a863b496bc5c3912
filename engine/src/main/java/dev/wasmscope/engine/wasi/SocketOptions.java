package dev.wasmscope.engine.wasi;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/// Options of sockets, by WasmEdge's numbers.
final class SocketOptions {
    private static final int SOL_SOCKET = 0;
    private static final int REUSEADDR = 0;
    private static final int TYPE = 1;
    private static final int ERROR = 2;
    private static final int SNDBUF = 5;
    private static final int RCVBUF = 6;
    private static final int KEEPALIVE = 7;
    private static final int RCVTIMEO = 11;
    private static final int SNDTIMEO = 12;
    private static final int ACCEPTCONN = 13;
    private static final int STREAM = 2;
    /// Seconds and microseconds of 64 bits each.
    private static final int TIMEVAL_BYTES = 16;

    private SocketOptions() {}

    static void get(GuestSocket socket, WasiMemory memory, long level, long name, long value, long size)
            throws IOException {
        checkLevel(level);
        var room = memory.u32(size);
        var time = name == RCVTIMEO || name == SNDTIMEO;
        var needed = time ? TIMEVAL_BYTES : Integer.BYTES;
        if (room < needed) {
            throw new WasiFailure(Errno.INVAL, "The option needs %d bytes.".formatted(needed));
        }
        memory.within(value, needed);
        if (time) {
            var nanos = name == RCVTIMEO ? socket.receiveNanos() : socket.sendNanos();
            var set = nanos == SocketWait.NO_LIMIT ? 0 : nanos;
            memory.put64(value, TimeUnit.NANOSECONDS.toSeconds(set));
            memory.put64(value + Long.BYTES, TimeUnit.NANOSECONDS.toMicros(set) % 1_000_000);
        } else {
            memory.put32(value, number(socket, (int) name));
        }
        memory.put32(size, needed);
    }

    private static int number(GuestSocket socket, int name) throws IOException {
        return switch (name) {
            case TYPE -> STREAM;
            case ERROR -> socket.takeError().code();
            case ACCEPTCONN -> socket.listening() ? 1 : 0;
            case REUSEADDR -> 1;
            case KEEPALIVE -> channel(socket).getOption(StandardSocketOptions.SO_KEEPALIVE) ? 1 : 0;
            case SNDBUF -> channel(socket).getOption(StandardSocketOptions.SO_SNDBUF);
            case RCVBUF -> channel(socket).getOption(StandardSocketOptions.SO_RCVBUF);
            default -> throw unknown(name);
        };
    }

    static void set(GuestSocket socket, WasiMemory memory, long level, long name, long value, long size)
            throws IOException {
        checkLevel(level);
        switch ((int) name) {
            case RCVTIMEO -> socket.receiveNanos(nanos(memory, value, size));
            case SNDTIMEO -> socket.sendNanos(nanos(memory, value, size));
            // Listening sockets have it always; on others it means nothing here.
            case REUSEADDR -> number(memory, value, size);
            case KEEPALIVE -> set(socket, StandardSocketOptions.SO_KEEPALIVE, number(memory, value, size) != 0);
            case SNDBUF -> set(socket, StandardSocketOptions.SO_SNDBUF, Math.max(0, number(memory, value, size)));
            case RCVBUF -> set(socket, StandardSocketOptions.SO_RCVBUF, Math.max(0, number(memory, value, size)));
            default -> throw unknown(name);
        }
    }

    private static <T> void set(GuestSocket socket, SocketOption<T> option, T value) throws IOException {
        channel(socket).setOption(option, value);
    }

    private static int number(WasiMemory memory, long value, long size) throws WasiFailure {
        if (size != Integer.BYTES) {
            throw new WasiFailure(Errno.INVAL, "The option takes 4 bytes, not %d.".formatted(size));
        }
        return (int) memory.u32(value);
    }

    private static long nanos(WasiMemory memory, long value, long size) throws WasiFailure {
        if (size != TIMEVAL_BYTES) {
            throw new WasiFailure(Errno.INVAL, "A time-out takes 16 bytes, not %d.".formatted(size));
        }
        var seconds = memory.u64(value);
        var micros = memory.u64(value + Long.BYTES);
        if (seconds < 0 || micros < 0 || micros >= 1_000_000) {
            throw new WasiFailure(Errno.INVAL, "That is no time-out.");
        }
        var nanos =
                TimeUnit.SECONDS.toNanos(Math.min(seconds, Integer.MAX_VALUE)) + TimeUnit.MICROSECONDS.toNanos(micros);
        return nanos == 0 ? SocketWait.NO_LIMIT : nanos;
    }

    private static NetworkChannel channel(GuestSocket socket) throws WasiFailure {
        return socket.channel()
                .filter(SocketChannel.class::isInstance)
                .map(SocketChannel.class::cast)
                .orElseThrow(() -> new WasiFailure(Errno.NOTCONN, "The option needs a connected socket."));
    }

    private static void checkLevel(long level) throws WasiFailure {
        if (level != SOL_SOCKET) {
            throw new WasiFailure(Errno.NOPROTOOPT, "There are no options of level %d.".formatted(level));
        }
    }

    private static WasiFailure unknown(long name) {
        return new WasiFailure(Errno.NOPROTOOPT, "There is no option %d.".formatted(name));
    }
}
