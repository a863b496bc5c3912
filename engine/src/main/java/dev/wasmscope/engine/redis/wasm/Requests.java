package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a client's bytes into its commands, to find the one at fault among several.
final class Requests {
    private static final int LONGEST_NUMBER = 10;

    private final ByteBuffer from;

    private Requests(ByteBuffer from) {
        this.from = from.slice();
    }

    /// @return the commands, when the bytes are nothing but whole ones in RESP's array form; else empty
    static Optional<List<ByteBuffer>> split(ByteBuffer bytes) {
        var requests = new Requests(bytes);
        var found = new ArrayList<ByteBuffer>();
        while (requests.from.hasRemaining()) {
            var start = requests.from.position();
            if (!requests.skipCommand()) {
                return Optional.empty();
            }
            found.add(requests.from.slice(start, requests.from.position() - start));
        }
        return Optional.of(found);
    }

    /// The words of one command that [#split] found, printable.
    static List<String> words(ByteBuffer command) {
        var request = new Requests(command);
        var words = new ArrayList<String>();
        for (var left = request.number('*'); left > 0; left--) {
            var word = new byte[(int) request.number('$')];
            request.from.get(word).position(request.from.position() + 2);
            words.add(Commands.printable(word));
        }
        return words;
    }

    private boolean skipCommand() {
        var arguments = number('*');
        if (arguments < 1) {
            return false;
        }
        for (long i = 0; i < arguments; i++) {
            var length = number('$');
            if (length < 0 || length + 2 > from.remaining()) {
                return false;
            }
            from.position(from.position() + (int) length + 2);
        }
        return true;
    }

    /// @return -1 when there is no such line
    private long number(char type) {
        if (!from.hasRemaining() || from.get() != type) {
            return -1;
        }
        long value = 0;
        for (int digits = 0; from.remaining() >= 2 && digits <= LONGEST_NUMBER; digits++) {
            var next = from.get();
            if (next == '\r') {
                return digits > 0 && from.get() == '\n' ? value : -1;
            }
            if (next < '0' || next > '9') {
                return -1;
            }
            value = 10 * value + (next - '0');
        }
        return -1;
    }
}
