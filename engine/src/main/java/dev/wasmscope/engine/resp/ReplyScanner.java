package dev.wasmscope.engine.resp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Finds where replies end, in RESP2 and RESP3, without making anything of them: nothing is allocated while all goes
/// well, bodies are stepped over, and what a peer claims is never reserved.
public final class ReplyScanner {
    private static final int MAX_LINE = 512;

    private final byte[] line = new byte[MAX_LINE];
    private int lineLength;
    private byte type;
    /// Bytes of a body, with its line end, still to come.
    private long body;
    /// Values that the current reply still lacks; 0 between replies.
    private long lacking;
    private String error = "";

    /// Consumes the whole buffer.
    ///
    /// @return how many replies ended in it
    /// @throws IOException when the bytes are not RESP
    public int scan(ByteBuffer bytes) throws IOException {
        int ended = 0;
        while (next(bytes)) {
            ended++;
        }
        return ended;
    }

    /// Consumes bytes up to the end of one reply, or all of them.
    ///
    /// @return whether the reply ended
    /// @throws IOException when the bytes are not RESP
    public boolean next(ByteBuffer bytes) throws IOException {
        int ended = 0;
        while (ended == 0 && bytes.hasRemaining()) {
            if (body > 0) {
                int step = (int) Math.min(body, bytes.remaining());
                bytes.position(bytes.position() + step);
                body -= step;
                ended = body == 0 ? valueEnded() : 0;
            } else if (type == 0) {
                type = bytes.get();
                lacking = lacking == 0 ? 1 : lacking;
            } else {
                ended = header(bytes.get());
            }
        }
        return ended > 0;
    }

    /// Whether the next byte begins a reply.
    public boolean betweenReplies() {
        return lacking == 0 && type == 0 && body == 0;
    }

    /// The first error reply there was, empty while there was none.
    public String error() {
        return error;
    }

    private int header(byte next) throws IOException {
        if (next != '\n') {
            if (lineLength < MAX_LINE) {
                line[lineLength] = next;
            } else if (type != '+' && type != '-') {
                throw new IOException("sent a length of over " + MAX_LINE + " digits, which is not RESP");
            }
            lineLength++;
            return 0;
        }
        int ended = lineEnded();
        lineLength = 0;
        return ended;
    }

    private int lineEnded() throws IOException {
        return switch (type) {
            case '+', ':', '_', '#', ',', '(' -> valueEnded();
            case '-' -> errorEnded();
            case '$', '=', '!' -> bodyBegins(number());
            case '*', '~', '>' -> aggregate(number(), 1);
            case '%', '|' -> aggregate(number(), 2);
            default -> throw new IOException(String.format("sent the byte 0x%02x where a reply begins", type));
        };
    }

    private int bodyBegins(long length) {
        if (length < 0) {
            return valueEnded();
        }
        body = length + 2;
        return 0;
    }

    private int aggregate(long count, int valuesEach) throws IOException {
        if (count > 1L << 32) {
            throw new IOException("sent a reply of " + count + " values, which no server means");
        }
        // Attributes stand before the value they belong to.
        lacking += Math.max(0, count) * valuesEach + (type == '|' ? 1 : 0);
        return valueEnded();
    }

    private int valueEnded() {
        if (type == '!' && error.isEmpty()) {
            error = "an error";
        }
        type = 0;
        lacking--;
        return lacking == 0 ? 1 : 0;
    }

    private int errorEnded() {
        if (error.isEmpty()) {
            error = new String(line, 0, Math.min(lineLength, MAX_LINE), StandardCharsets.UTF_8).strip();
        }
        return valueEnded();
    }

    private long number() throws IOException {
        int end = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
        int i = end > 0 && line[0] == '-' ? 1 : 0;
        if (i == end || end - i > 18) {
            throw new IOException("sent a length that is not a number");
        }
        long value = 0;
        for (; i < end; i++) {
            if (line[i] < '0' || line[i] > '9') {
                throw new IOException("sent a length that is not a number");
            }
            value = value * 10 + line[i] - '0';
        }
        return line[0] == '-' ? -value : value;
    }
}
