package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.wasmscope.engine.spi.NetworkGrants;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// TCP sockets for WASI guests: WasmEdge's functions beside those of preview 1, and preview 1's own for
/// descriptors that are sockets. What was not granted is refused with EACCES.
final class WasiSockets implements AutoCloseable {
    private static final String MODULE = "wasi_snapshot_preview1";
    private static final int FAMILY_V4 = 1;
    private static final int FAMILY_V6 = 2;
    private static final int STREAM = 2;
    private static final int WAIT_ALL = 2;
    private static final int NONBLOCK = 4;
    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;
    private static final int SOCKET_STREAM = 6;
    /// `fd_read`, `fd_fdstat_set_flags`, `fd_write`, `fd_filestat_get`, `poll_fd_readwrite`, `sock_shutdown`,
    /// `sock_accept`.
    private static final long RIGHTS = 1L << 1 | 1L << 3 | 1L << 6 | 1L << 21 | 1L << 27 | 1L << 28 | 1L << 29;

    private final SocketRules rules;
    private final SocketTable table = new SocketTable();
    private final SocketWait waiting = new SocketWait();
    private final SocketPoll poll;

    private interface Operation {
        /// @return the error number, 0 for success
        int run(WasiMemory memory, long[] arguments) throws IOException;
    }

    /// @param files whether a descriptor is one of a file that only `poll_oneoff` here knows as one
    WasiSockets(NetworkGrants grants, LongPredicate files) {
        this.rules = new SocketRules(grants);
        this.poll = new SocketPoll(table, waiting, files);
    }

    /// Whether a call may wait for the network, and holds nothing that an interrupt would harm.
    static boolean waits(String function, long[] arguments) {
        return function.startsWith("sock_")
                || ((function.equals("fd_read") || function.equals("fd_write")) && SocketTable.owns(arguments[0]));
    }

    /// @param wasi functions of preview 1
    /// @return those and the sockets' own
    List<ImportFunction> beside(List<ImportFunction> wasi) {
        var all = new ArrayList<>(own());
        var names = new HashSet<String>();
        all.forEach(function -> names.add(function.name()));
        for (var function : wasi) {
            if (!names.contains(function.name())) {
                all.add(around(function));
            }
        }
        return all;
    }

    private List<ImportFunction> own() {
        return List.of(
                function("sock_open", 3, this::open),
                function("sock_bind", 3, this::bind),
                function("sock_listen", 2, this::listen),
                // Preview 1 passes flags for the new descriptor, WasmEdge none.
                function("sock_accept", 3, (m, a) -> accept(m, a[0], a[1], a[2])),
                function("sock_accept", 2, (m, a) -> accept(m, a[0], 0, a[1])),
                function("sock_connect", 3, this::connect),
                function("sock_recv", 6, this::receive),
                function("sock_send", 5, (m, a) -> write(m, a[0], a[1], a[2], a[4])),
                function("sock_shutdown", 2, this::shutdown),
                function("sock_getaddrinfo", 8, this::addressInfo),
                function("sock_getlocaladdr", 4, (m, a) -> {
                    SocketAddresses.write(m, table.get(a[0]).local(), a[1], a[2], a[3]);
                    return Errno.SUCCESS.code();
                }),
                function("sock_getpeeraddr", 4, (m, a) -> {
                    SocketAddresses.write(m, table.get(a[0]).peer(), a[1], a[2], a[3]);
                    return Errno.SUCCESS.code();
                }),
                function("sock_getsockopt", 5, (m, a) -> {
                    SocketOptions.get(table.get(a[0]), m, a[1], a[2], a[3], a[4]);
                    return Errno.SUCCESS.code();
                }),
                function("sock_setsockopt", 5, (m, a) -> {
                    SocketOptions.set(table.get(a[0]), m, a[1], a[2], a[3], a[4]);
                    return Errno.SUCCESS.code();
                }));
    }

    private ImportFunction around(ImportFunction function) {
        if (function.name().equals("poll_oneoff")) {
            return new ImportFunction(
                    MODULE,
                    function.name(),
                    function.functionType(),
                    (instance, a) -> poll.concerns(new WasiMemory(instance.memory()), a)
                            ? answer(poll::run, new WasiMemory(instance.memory()), a)
                            : function.handle().apply(instance, a));
        }
        var operation = ofDescriptor(function.name());
        return operation == null
                ? function
                : new ImportFunction(
                        MODULE,
                        function.name(),
                        function.functionType(),
                        (instance, a) -> SocketTable.owns(a[0])
                                ? answer(operation, new WasiMemory(instance.memory()), a)
                                : function.handle().apply(instance, a));
    }

    private @Nullable Operation ofDescriptor(String name) {
        return switch (name) {
            case "fd_read" -> (m, a) -> read(m, a[0], a[1], a[2], false, a[3]);
            case "fd_write" -> (m, a) -> write(m, a[0], a[1], a[2], a[3]);
            case "fd_close" ->
                (_, a) -> {
                    table.close(a[0]);
                    return Errno.SUCCESS.code();
                };
            case "fd_fdstat_get" -> this::status;
            case "fd_fdstat_set_flags" -> this::flags;
            case "fd_filestat_get" -> this::fileStatus;
            case "fd_seek", "fd_tell", "fd_pread", "fd_pwrite" ->
                (_, a) -> {
                    table.get(a[0]);
                    return Errno.SPIPE.code();
                };
            case "fd_renumber" -> (_, _) -> Errno.NOTSUP.code();
            default -> null;
        };
    }

    private static ImportFunction function(String name, int parameters, Operation operation) {
        var type = FunctionType.of(Collections.nCopies(parameters, ValType.I32), List.of(ValType.I32));
        return new ImportFunction(
                MODULE, name, type, (instance, a) -> answer(operation, new WasiMemory(instance.memory()), a));
    }

    /// @param raw of which only the lower halves count: all that is used of them are i32
    private static long[] answer(Operation operation, WasiMemory memory, long[] raw) {
        try {
            var arguments = LongStream.of(raw).map(a -> a & 0xffff_ffffL).toArray();
            return new long[] {operation.run(memory, arguments)};
        } catch (ClosedByInterruptException e) {
            throw new ChicoryInterruptedException("Interrupted while it used a socket.");
        } catch (IOException e) {
            return new long[] {WasiFailure.errnoOf(e).code()};
        }
    }

    private int open(WasiMemory memory, long[] a) throws IOException {
        rules.checkAny();
        if (a[0] != FAMILY_V4 && a[0] != FAMILY_V6) {
            return Errno.AFNOSUPPORT.code();
        }
        if (a[1] != STREAM) {
            return Errno.PROTONOSUPPORT.code();
        }
        memory.within(a[2], Integer.BYTES);
        table.checkRoom();
        var family = a[0] == FAMILY_V4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        memory.put32(a[2], table.add(new GuestSocket(family, waiting)));
        return Errno.SUCCESS.code();
    }

    private int bind(WasiMemory memory, long[] a) throws IOException {
        var socket = table.get(a[0]);
        var at = SocketAddresses.read(memory, a[1], a[2]);
        rules.checkListen(at);
        socket.bind(at);
        return Errno.SUCCESS.code();
    }

    private int listen(WasiMemory memory, long[] a) throws IOException {
        table.get(a[0]).listen(Math.clamp(a[1], 1, 1024));
        return Errno.SUCCESS.code();
    }

    private int accept(WasiMemory memory, long descriptor, long flags, long opened) throws IOException {
        var socket = table.get(descriptor);
        memory.within(opened, Integer.BYTES);
        table.checkRoom();
        var accepted = socket.accept();
        accepted.nonBlocking((flags & NONBLOCK) != 0);
        memory.put32(opened, table.add(accepted));
        return Errno.SUCCESS.code();
    }

    private int connect(WasiMemory memory, long[] a) throws IOException {
        var socket = table.get(a[0]);
        InetSocketAddress to = SocketAddresses.read(memory, a[1], a[2]);
        rules.checkConnect(to);
        socket.connect(to);
        return Errno.SUCCESS.code();
    }

    private int receive(WasiMemory memory, long[] a) throws IOException {
        if ((a[3] & ~WAIT_ALL) != 0) {
            return Errno.NOTSUP.code();
        }
        memory.within(a[5], 2);
        var errno = read(memory, a[0], a[1], a[2], (a[3] & WAIT_ALL) != 0, a[4]);
        memory.put16(a[5], 0);
        return errno;
    }

    /// @param all until the buffers are full or the stream ends
    private int read(WasiMemory memory, long descriptor, long vectors, long count, boolean all, long moved)
            throws IOException {
        var socket = table.get(descriptor);
        var into = memory.vectors(vectors, count);
        memory.within(moved, Integer.BYTES);
        long total = 0;
        do {
            var room = WasiMemory.room(into, total);
            if (!room.hasRemaining() || socket.read(room) < 0) {
                break;
            }
            room.flip();
            var received = room.remaining();
            memory.scatter(room, into, total);
            total += received;
        } while (all);
        memory.put32(moved, total);
        return Errno.SUCCESS.code();
    }

    /// A blocking socket takes all, one that does not block what it can.
    private int write(WasiMemory memory, long descriptor, long vectors, long count, long moved) throws IOException {
        var socket = table.get(descriptor);
        var from = memory.vectors(vectors, count);
        memory.within(moved, Integer.BYTES);
        long total = 0;
        try {
            for (var piece = memory.gather(from, 0); piece.hasRemaining(); piece = memory.gather(from, total)) {
                total += socket.write(piece);
            }
        } catch (WasiFailure e) {
            if (total == 0) {
                throw e;
            }
        }
        memory.put32(moved, total);
        return Errno.SUCCESS.code();
    }

    private int shutdown(WasiMemory memory, long[] a) throws IOException {
        table.get(a[0]).shutdown((a[1] & 1) != 0, (a[1] & 2) != 0);
        return Errno.SUCCESS.code();
    }

    /// Node and service with their lengths, hints, where the pointer to the results is, how many, where their number
    /// goes.
    private int addressInfo(WasiMemory memory, long[] a) throws IOException {
        var node = SocketAddresses.text(memory, a[0], a[1]);
        var port = SocketAddresses.port(SocketAddresses.text(memory, a[2], a[3]));
        memory.within(a[7], Integer.BYTES);
        var filled = SocketAddresses.fill(memory, memory.u32(a[5]), a[6], rules.resolve(node), port);
        memory.put32(a[7], filled);
        return Errno.SUCCESS.code();
    }

    private int status(WasiMemory memory, long[] a) throws IOException {
        var socket = table.get(a[0]);
        memory.write(a[1], new byte[FDSTAT_BYTES]);
        memory.write(a[1], new byte[] {SOCKET_STREAM});
        memory.put16(a[1] + 2, socket.nonBlocking() ? NONBLOCK : 0);
        memory.put64(a[1] + 8, RIGHTS);
        return Errno.SUCCESS.code();
    }

    private int flags(WasiMemory memory, long[] a) throws IOException {
        var socket = table.get(a[0]);
        if ((a[1] & ~NONBLOCK) != 0) {
            return Errno.NOTSUP.code();
        }
        socket.nonBlocking((a[1] & NONBLOCK) != 0);
        return Errno.SUCCESS.code();
    }

    private int fileStatus(WasiMemory memory, long[] a) throws IOException {
        table.get(a[0]);
        memory.write(a[1], new byte[FILESTAT_BYTES]);
        memory.write(a[1] + 16, new byte[] {SOCKET_STREAM});
        return Errno.SUCCESS.code();
    }

    @Override
    public void close() throws IOException {
        try (waiting) {
            table.close();
        }
    }
}
