package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Waits until sockets are ready. A deadline ends the waiting, and closes nothing by it.
final class SocketWait implements AutoCloseable {
    /// For ever.
    static final long NO_LIMIT = Long.MAX_VALUE;

    private @Nullable Selector selector;

    /// @param wanted channel to the operations waited for; all are non-blocking
    /// @param nanos at most; 0 only looks
    /// @return the channels that are ready, with what they are ready for
    /// @throws ChicoryInterruptedException when the guest's deadline passed
    Map<SelectableChannel, Integer> await(Map<SelectableChannel, Integer> wanted, long nanos) throws IOException {
        var waiting = selector();
        for (var entry : wanted.entrySet()) {
            entry.getKey().register(waiting, entry.getValue());
        }
        try {
            select(waiting, nanos);
            return waiting.selectedKeys().stream().collect(Collectors.toMap(k -> k.channel(), k -> k.readyOps()));
        } finally {
            waiting.keys().forEach(key -> key.cancel());
            waiting.selectedKeys().clear();
            waiting.selectNow();
        }
    }

    private static void select(Selector waiting, long nanos) throws IOException {
        if (nanos <= 0) {
            waiting.selectNow();
        } else if (nanos == NO_LIMIT) {
            waiting.select();
        } else {
            waiting.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("Interrupted while it waited for a socket.");
        }
    }

    /// @throws WasiFailure EAGAIN when the time is over
    void until(SelectableChannel channel, int operation, long nanos) throws IOException {
        if (await(Map.of(channel, operation), nanos).isEmpty()) {
            throw new WasiFailure(Errno.AGAIN, "The socket's own time-out passed.");
        }
    }

    private Selector selector() throws IOException {
        var open = selector;
        if (open == null) {
            open = Selector.open();
            selector = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (selector != null) {
            selector.close();
        }
    }
}
