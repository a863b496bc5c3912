package dev.wasmscope.engine.wasi;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// The sockets of one guest by their descriptors, which begin far above those of files.
final class SocketTable implements AutoCloseable {
    static final int FIRST = 1 << 20;
    private static final int MOST = 1024;

    private final Map<Integer, GuestSocket> sockets = new HashMap<>();
    private int next = FIRST;

    static boolean owns(long descriptor) {
        return (int) descriptor >= FIRST;
    }

    /// @throws WasiFailure EMFILE when the guest has too many
    void checkRoom() throws WasiFailure {
        if (sockets.size() >= MOST) {
            throw new WasiFailure(Errno.MFILE, "The guest has %d sockets open.".formatted(MOST));
        }
    }

    int add(GuestSocket socket) {
        while (sockets.containsKey(next)) {
            next = next == Integer.MAX_VALUE ? FIRST : next + 1;
        }
        var number = next;
        next = number == Integer.MAX_VALUE ? FIRST : number + 1;
        sockets.put(number, socket);
        return number;
    }

    /// @throws WasiFailure EBADF when there is no such socket
    GuestSocket get(long descriptor) throws WasiFailure {
        var found = sockets.get((int) descriptor);
        if (found == null) {
            throw new WasiFailure(Errno.BADF, "Descriptor %d is no socket.".formatted(descriptor));
        }
        return found;
    }

    void close(long descriptor) throws IOException {
        get(descriptor);
        try (var closed = sockets.remove((int) descriptor)) {
            assert closed != null;
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets.values()) {
            socket.close();
        }
        sockets.clear();
    }
}
