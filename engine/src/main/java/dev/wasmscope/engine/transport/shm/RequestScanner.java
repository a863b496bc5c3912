package dev.wasmscope.engine.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Finds the commands in what a client writes. Bodies are stepped over, not looked at.
final class RequestScanner {
    /// No command's name, nor the word behind it, is longer.
    private static final int LONGEST_WORD = 32;

    private String name = "";
    private String second = "";
    private boolean odd;

    /// As it was written; empty for what cannot be a name.
    String name() {
        return name;
    }

    /// The word behind the name; empty where there is none, or a long one.
    String second() {
        return second;
    }

    /// Whether nobody but the server can tell how many replies it gets: a line as people type it, or no word at all.
    boolean odd() {
        return odd;
    }

    /// Looks for a whole command where the buffer stands, and leaves it there.
    ///
    /// @return its length; 0 when more has to come
    /// @throws IOException when it is none
    int next(ByteBuffer bytes) throws IOException {
        name = "";
        second = "";
        odd = false;
        var at = bytes.position();
        if (at == bytes.limit()) {
            return 0;
        }
        if (bytes.get(at) != '*') {
            odd = true;
            return inline(bytes);
        }
        var end = lineEnd(bytes, at);
        if (end < 0) {
            return 0;
        }
        var words = number(bytes, at + 1, end);
        odd = words == 0;
        at = end + 2;
        for (var word = 0L; word < words; word++) {
            end = lineEnd(bytes, at);
            if (end < 0) {
                return 0;
            }
            if (bytes.get(at) != '$') {
                throw new IOException("Byte 0x%02X stands where a word of a command begins.".formatted(bytes.get(at)));
            }
            var length = number(bytes, at + 1, end);
            at = end + 2;
            if (length < 0 || length > bytes.limit() - at - 2L) {
                return 0;
            }
            if (word < 2 && length <= LONGEST_WORD) {
                take(bytes, at, (int) length, word);
            }
            at += (int) length + 2;
        }
        return at - bytes.position();
    }

    private void take(ByteBuffer bytes, int at, int length, long word) {
        var text = new byte[length];
        bytes.get(at, text);
        var read = new String(text, StandardCharsets.ISO_8859_1);
        if (word == 0) {
            name = read;
        } else {
            second = read;
        }
    }

    /// A line of words, as people type it: the server takes it apart.
    private static int inline(ByteBuffer bytes) {
        for (var at = bytes.position(); at < bytes.limit(); at++) {
            if (bytes.get(at) == '\n') {
                return at + 1 - bytes.position();
            }
        }
        return 0;
    }

    /// Where the line's CR stands; -1 when it has not come.
    private static int lineEnd(ByteBuffer bytes, int from) {
        for (var at = from; at + 1 < bytes.limit(); at++) {
            if (bytes.get(at) == '\r') {
                return at;
            }
        }
        return -1;
    }

    private static long number(ByteBuffer bytes, int from, int to) throws IOException {
        var value = 0L;
        for (var at = from; at < to; at++) {
            var digit = bytes.get(at) - '0';
            if (digit < 0 || digit > 9 || to - from > 10) {
                throw new IOException("A command has a length that is not a number.");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
