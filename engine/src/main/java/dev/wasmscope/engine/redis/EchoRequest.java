package dev.wasmscope.engine.redis;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Finds the arguments of one request in a buffer without copying them.
final class EchoRequest {
    private static final int MOST_ARGUMENTS = 1024;

    private final int[] from = new int[MOST_ARGUMENTS];
    private final int[] length = new int[MOST_ARGUMENTS];
    private int count;
    private int at;

    int count() {
        return count;
    }

    int from(int argument) {
        return from[argument];
    }

    int length(int argument) {
        return length[argument];
    }

    /// Reads from the position to the limit; the position moves behind the request only where it is whole.
    ///
    /// @return false when more bytes are needed
    boolean read(ByteBuffer in) throws IOException {
        at = in.position();
        var arguments = header(in, '*');
        if (arguments < 0) {
            return false;
        }
        if (arguments > MOST_ARGUMENTS) {
            throw new IOException("A request of %d arguments; %d are taken.".formatted(arguments, MOST_ARGUMENTS));
        }
        for (var i = 0; i < arguments; i++) {
            var bytes = header(in, '$');
            if (bytes < 0 || in.limit() - at < bytes + 2L) {
                return false;
            }
            from[i] = at;
            length[i] = bytes;
            at += bytes + 2;
        }
        count = arguments;
        in.position(at);
        return true;
    }

    /// A type, a number and a line end; -1 when they are not whole yet.
    private int header(ByteBuffer in, char type) throws IOException {
        if (at == in.limit()) {
            return -1;
        }
        if (in.get(at) != type) {
            throw new IOException("Only requests as arrays of strings are taken.");
        }
        var value = 0;
        for (var i = at + 1; i < in.limit(); i++) {
            var b = in.get(i);
            if (b == '\n') {
                at = i + 1;
                return value;
            }
            if (b != '\r') {
                if (b < '0' || b > '9' || value > 100_000_000) {
                    throw new IOException("A request has a wrong length.");
                }
                value = value * 10 + (b - '0');
            }
        }
        return -1;
    }

    /// Whether the first argument is this name, in whatever case.
    boolean named(ByteBuffer in, String upperCase) {
        if (count == 0 || length[0] != upperCase.length()) {
            return false;
        }
        for (var i = 0; i < upperCase.length(); i++) {
            if ((in.get(from[0] + i) & ~0x20) != upperCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
