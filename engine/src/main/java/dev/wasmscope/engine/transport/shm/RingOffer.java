package dev.wasmscope.engine.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a server answers to `SHM.OPEN`: where the shared memory is. On the wire a flat array of names and values, all
/// bulk strings, so that a later version can say more.
///
/// @param path `/proc/PID/fd/N` of the server
/// @param size of the file in bytes
/// @param nonce stands in the file, too: a path that means another file here is found out
/// @param commands that the server takes over shared memory, names with blanks between; empty for all there are
record RingOffer(Path path, long size, long nonce, Optional<String> commands) {
    /// The request; all that a client has sent before must have been answered.
    static final String COMMAND = "SHM.OPEN";

    /// A path of `/proc`, a few numbers and the names of commands: what is longer is none.
    static final int LONGEST = 8192;

    static byte[] request() {
        var version = String.valueOf(RingLayout.VERSION);
        return "*2\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
                .formatted(COMMAND.length(), COMMAND, version.length(), version)
                .getBytes(StandardCharsets.US_ASCII);
    }

    byte[] answer() {
        var all = new StringBuilder("*8\r\n");
        bulk(all, "version", String.valueOf(RingLayout.VERSION));
        bulk(all, "path", path.toString());
        bulk(all, "size", String.valueOf(size));
        bulk(all, "nonce", Long.toHexString(nonce));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void bulk(StringBuilder all, String... words) {
        for (var word : words) {
            all.append('$').append(word.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
            all.append(word).append("\r\n");
        }
    }

    /// Reads the answer, or as much as is there.
    ///
    /// @return null when more has to come
    /// @throws IOException with a sentence when the server refuses, or answers something else
    static @Nullable RingOffer read(ByteBuffer answer) throws IOException {
        var lines = new Lines(answer.duplicate());
        var first = lines.next();
        if (first == null) {
            return null;
        }
        if (first.startsWith("-")) {
            throw new IOException("The server has no shared memory to offer: %s.".formatted(first.substring(1)));
        }
        var values = new HashMap<String, String>();
        if (!first.startsWith("*") || !fill(values, number(first.substring(1)), lines)) {
            if (first.startsWith("*")) {
                return null;
            }
            throw new IOException("The server does not know %s: it answered %s.".formatted(COMMAND, first));
        }
        if (number(value(values, "version")) != RingLayout.VERSION) {
            throw new IOException("The server speaks version %s of shared memory, and this program %d."
                    .formatted(values.get("version"), RingLayout.VERSION));
        }
        var size = number(value(values, "size"));
        if (size < RingLayout.DATA || size > 1L << 30) {
            throw new IOException("The server offers %d bytes of shared memory: that cannot be.".formatted(size));
        }
        return new RingOffer(
                path(value(values, "path")),
                size,
                nonce(value(values, "nonce")),
                Optional.ofNullable(values.get("commands")));
    }

    /// Whether all of the answer is there, whatever it says.
    ///
    /// @throws IOException with a sentence when it can be no answer: who knows where it would end
    static boolean whole(ByteBuffer answer) throws IOException {
        var lines = new Lines(answer.duplicate());
        var first = lines.next();
        if (first == null) {
            return false;
        }
        var array = first.startsWith("*");
        if (!array && !first.startsWith("-") && !first.startsWith("+") && !first.startsWith(":")) {
            throw new IOException("The server does not know %s: it answered %s.".formatted(COMMAND, first));
        }
        return !array || fill(new HashMap<>(), number(first.substring(1)), lines);
    }

    /// Whether the server wants to know first who asks.
    static boolean wantsLogin(ByteBuffer answer) {
        var code = "-NOAUTH".getBytes(StandardCharsets.US_ASCII);
        return answer.remaining() >= code.length
                && answer.slice(answer.position(), code.length).equals(ByteBuffer.wrap(code));
    }

    private static boolean fill(Map<String, String> values, long words, Lines lines) throws IOException {
        if (words < 0 || words % 2 != 0) {
            throw new IOException("The server's answer to %s has %d names and values.".formatted(COMMAND, words));
        }
        for (var i = 0L; i < words / 2; i++) {
            var name = lines.bulk();
            var value = lines.bulk();
            if (name == null || value == null) {
                return false;
            }
            values.put(name, value);
        }
        return true;
    }

    private static String value(Map<String, String> values, String name) throws IOException {
        var value = values.get(name);
        if (value == null) {
            throw new IOException("The server's answer to %s has no %s.".formatted(COMMAND, name));
        }
        return value;
    }

    private static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IOException("The server offers a path that cannot be: %s.".formatted(e.getReason()), e);
        }
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("The server's answer to %s has %s for a number.".formatted(COMMAND, text), e);
        }
    }

    private static long nonce(String text) throws IOException {
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw new IOException("The server's answer to %s has %s for a nonce.".formatted(COMMAND, text), e);
        }
    }

    /// The lines of a short answer.
    private record Lines(ByteBuffer bytes) {
        @Nullable
        String next() throws IOException {
            for (var end = bytes.position(); end + 1 < bytes.limit(); end++) {
                if (bytes.get(end) == '\r' && bytes.get(end + 1) == '\n') {
                    var line = new byte[end - bytes.position()];
                    bytes.get(line);
                    bytes.position(end + 2);
                    return new String(line, StandardCharsets.UTF_8);
                }
            }
            if (bytes.remaining() >= LONGEST) {
                throw new IOException("The server's answer to %s has a line without an end.".formatted(COMMAND));
            }
            return null;
        }

        @Nullable
        String bulk() throws IOException {
            var length = next();
            if (length != null && !length.startsWith("$")) {
                throw new IOException(
                        "The server's answer to %s has %s where text was expected.".formatted(COMMAND, length));
            }
            if (length == null) {
                return null;
            }
            var text = next();
            if (text != null && text.getBytes(StandardCharsets.UTF_8).length != number(length.substring(1))) {
                throw new IOException(
                        "The server's answer to %s has text of another length than it says.".formatted(COMMAND));
            }
            return text;
        }
    }
}
