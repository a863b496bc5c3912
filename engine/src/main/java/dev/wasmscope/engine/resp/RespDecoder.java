package dev.wasmscope.engine.resp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes values of RESP2 and RESP3 out of bytes as they come, in pieces of any size.
///
/// Follows the RESP specification (redis.io, protocol-spec), streamed strings and aggregates of the RESP3 draft
/// included. One stream, one decoder; one thread. After a [RespException] the stream is lost.
public final class RespDecoder {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int NO_BULK = -1;

    private final RespLimits limits;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final Bytes line = new Bytes();
    private final Bytes bulk = new Bytes();
    /// Attributes of a value that stands alone.
    private List<RespValue.Entry> attributes = List.of();

    private byte bulkType;
    private int bulkLength = NO_BULK;
    /// Pieces of a streamed string; null outside of one.
    private @Nullable Bytes pieces;

    private long offset;
    private long valueStart;

    public RespDecoder(RespLimits limits) {
        this.limits = limits;
    }

    /// Takes bytes until a value is whole.
    ///
    /// @return null when `in` was used up before; call again with what comes next
    /// @throws RespException when the bytes are no RESP or exceed the limits
    public @Nullable RespValue decode(ByteBuffer in) throws RespException {
        if (idle()) {
            valueStart = offset;
        }
        while (in.hasRemaining()) {
            var value = bulkLength == NO_BULK ? readLine(in) : readBulk(in);
            if (offset - valueStart > limits.total()) {
                throw wrong("One reply has more than %,d bytes, the most that is taken".formatted(limits.total()));
            }
            value = value == null ? null : collect(value);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /// Whether the stream may end here: no value has been begun.
    public boolean idle() {
        return frames.isEmpty() && line.size() == 0 && bulkLength == NO_BULK && pieces == null && attributes.isEmpty();
    }

    private @Nullable RespValue readLine(ByteBuffer in) throws RespException {
        var end = in.position();
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        var whole = end < in.limit();
        var length = end - in.position() + (whole ? 1 : 0);
        if ((long) line.size() + length > LONGEST_LINE) {
            throw wrong("A line has more than %,d bytes; is this a Redis server?".formatted(LONGEST_LINE));
        }
        line.take(in, length);
        offset += length;
        if (!whole) {
            return null;
        }
        var size = line.size();
        if (size < 3 || line.array()[size - 2] != '\r') {
            throw wrong("A line ends without a carriage return or says nothing; is this a Redis server?");
        }
        var text = new Line(line.array(), 1, size - 2, offset - size);
        var type = line.array()[0];
        if (pieces != null && type != ';') {
            throw wrong("A streamed string is followed by '%s' instead of its next piece".formatted(shown(type)));
        }
        var value = begin(type, text);
        line.clear();
        return value;
    }

    private @Nullable RespValue begin(byte type, Line text) throws RespException {
        return switch (type) {
            case '+' -> new RespValue.SimpleString(text.string());
            case '-' -> new RespValue.SimpleError(text.string());
            case ':' -> new RespValue.Int(text.number());
            case '_' -> text.empty(new RespValue.Nil());
            case '#' -> new RespValue.Bool(text.bool());
            case ',' -> new RespValue.Dbl(text.dbl());
            case '(' -> new RespValue.BigNumber(text.bigNumber());
            case '$', '!', '=' -> beginBulk(type, text);
            case ';' -> beginPiece(text);
            case '*' -> beginAggregate(Frame.Kind.ARRAY, text);
            case '~' -> beginAggregate(Frame.Kind.SET, text);
            case '%' -> beginAggregate(Frame.Kind.MAP, text);
            case '>' -> beginAggregate(Frame.Kind.PUSH, text);
            case '|' -> beginAggregate(Frame.Kind.ATTRIBUTE, text);
            case '.' -> endStreamed(text);
            default -> throw wrong("'%s' begins no RESP value; is this a Redis server?".formatted(shown(type)));
        };
    }

    private @Nullable RespValue beginBulk(byte type, Line text) throws RespException {
        if (type == '$' && text.is('?')) {
            pieces = new Bytes();
            return null;
        }
        var length = text.number();
        if (type == '$' && length == -1) {
            return new RespValue.Nil();
        }
        bulkLength = checked(length, limits.bulk(), "A string claims %,d bytes; from 0 to %,d are taken");
        bulkType = type;
        return null;
    }

    private @Nullable RespValue beginPiece(Line text) throws RespException {
        var whole = pieces;
        if (whole == null) {
            throw wrong("A piece of a string came outside of a streamed string");
        }
        var length = checked(
                text.number(),
                limits.bulk() - whole.size(),
                "A piece of a string claims %,d bytes; from 0 to %,d are taken");
        if (length == 0) {
            pieces = null;
            return new RespValue.Bulk(whole.copy(whole.size()));
        }
        bulkLength = length;
        bulkType = ';';
        return null;
    }

    private @Nullable RespValue readBulk(ByteBuffer in) throws RespException {
        var before = bulk.size();
        bulk.take(in, bulkLength + 2 - before);
        offset += bulk.size() - before;
        if (bulk.size() < bulkLength + 2) {
            return null;
        }
        if (bulk.array()[bulkLength] != '\r' || bulk.last() != '\n') {
            throw wrong("A string of %,d bytes is not ended by a line end".formatted(bulkLength));
        }
        var bytes = bulk.copy(bulkLength);
        bulk.clear();
        bulkLength = NO_BULK;
        return switch (bulkType) {
            case '$' -> new RespValue.Bulk(bytes);
            case '!' -> new RespValue.BulkError(bytes);
            case '=' -> verbatim(bytes);
            default -> {
                if (pieces != null) {
                    pieces.take(ByteBuffer.wrap(bytes), bytes.length);
                }
                yield null;
            }
        };
    }

    private RespValue verbatim(byte[] bytes) throws RespException {
        if (bytes.length < 4 || bytes[3] != ':') {
            throw wrong("A verbatim string does not begin with three letters and a colon");
        }
        var format = new String(bytes, 0, 3, java.nio.charset.StandardCharsets.ISO_8859_1);
        return new RespValue.Verbatim(format, Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    private @Nullable RespValue beginAggregate(Frame.Kind kind, Line text) throws RespException {
        var pairs = kind == Frame.Kind.MAP || kind == Frame.Kind.ATTRIBUTE;
        long values;
        if (text.is('?') && kind != Frame.Kind.PUSH && kind != Frame.Kind.ATTRIBUTE) {
            values = Frame.STREAMED;
        } else {
            var claimed = text.number();
            if (claimed == -1 && kind == Frame.Kind.ARRAY) {
                return new RespValue.Nil();
            }
            values = checked(claimed, limits.items(), "An aggregate claims %,d items; from 0 to %,d are taken")
                    * (pairs ? 2L : 1L);
        }
        if (kind == Frame.Kind.PUSH && !frames.isEmpty()) {
            throw wrong("A push came inside another value");
        }
        if (frames.size() >= limits.depth()) {
            throw wrong("Values are nested deeper than %d levels".formatted(limits.depth()));
        }
        frames.push(new Frame(kind, values));
        return values == 0 ? finish() : null;
    }

    private @Nullable RespValue endStreamed(Line text) throws RespException {
        text.empty(new RespValue.Nil());
        var frame = frames.peek();
        if (frame == null || !frame.streamed()) {
            throw wrong("The end of a streamed aggregate came outside of one");
        }
        if (!frame.mayEnd()) {
            throw wrong("A streamed aggregate ended after %,d values, where one more belongs".formatted(frame.size()));
        }
        frame.end();
        return finish();
    }

    /// Takes the innermost aggregate off; null where it was attributes, which wait for their value.
    private @Nullable RespValue finish() {
        var done = frames.pop();
        if (done.kind != Frame.Kind.ATTRIBUTE) {
            return done.value();
        }
        var outer = frames.peek();
        if (outer == null) {
            attributes = done.entries();
        } else {
            outer.annotate(done.entries());
        }
        return null;
    }

    /// Puts a value where it belongs; what is whole by that comes back when nothing is around it.
    private @Nullable RespValue collect(RespValue value) throws RespException {
        @Nullable RespValue current = value;
        while (current != null) {
            var frame = frames.peek();
            if (frame == null) {
                var alone = attributes.isEmpty() ? current : new RespValue.Attributed(attributes, current);
                attributes = List.of();
                return alone;
            }
            frame.add(current);
            if (frame.streamed() && frame.size() > 2L * limits.items()) {
                throw wrong("A streamed aggregate has more than %,d items".formatted(limits.items()));
            }
            current = frame.complete() ? finish() : null;
        }
        return null;
    }

    private int checked(long claimed, int most, String sentence) throws RespException {
        if (claimed < 0 || claimed > most) {
            throw wrong(sentence.formatted(claimed, most));
        }
        return (int) claimed;
    }

    private RespException wrong(String what) {
        return new RespException(what, offset);
    }

    private static String shown(byte b) {
        return b > ' ' && b < 0x7f ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xff);
    }
}
