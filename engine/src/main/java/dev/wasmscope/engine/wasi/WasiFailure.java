package dev.wasmscope.engine.wasi;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/// A function of files or sockets does not do what the guest asked for; the guest gets the number.
final class WasiFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    WasiFailure(Errno errno, String why) {
        super(why);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }

    static Errno errnoOf(IOException failure) {
        var words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return switch (failure) {
            case WasiFailure own -> own.errno;
            case BindException _ ->
                words.contains("permission")
                        ? Errno.ACCES
                        : words.contains("cannot assign") ? Errno.ADDRNOTAVAIL : Errno.ADDRINUSE;
            case ConnectException _ ->
                words.contains("timed out")
                        ? Errno.TIMEDOUT
                        : words.contains("unreachable") ? Errno.NETUNREACH : Errno.CONNREFUSED;
            case NoRouteToHostException _ -> Errno.HOSTUNREACH;
            case ClosedChannelException _ -> Errno.PIPE;
            default ->
                words.contains("broken pipe")
                        ? Errno.PIPE
                        : words.contains("reset")
                                ? Errno.CONNRESET
                                : words.contains("unreachable") ? Errno.NETUNREACH : Errno.IO;
        };
    }
}
