package dev.wasmscope.engine.binary;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A cursor over part of a module. Every read is checked against the end of that part, and every failure carries the
/// offset at which the item began.
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private final String part;
    private int position;

    /// @param part what the range is, for messages: `the type section`
    ByteReader(byte[] bytes, int start, int end, String part) {
        if (start < 0 || end < start || end > bytes.length) {
            throw new IndexOutOfBoundsException(
                    "Bytes %d to %d of a module of %d bytes.".formatted(start, end, bytes.length));
        }
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.part = part;
    }

    ByteReader slice(int length, String name) throws MalformedModuleException {
        need(length, name);
        var slice = new ByteReader(bytes, position, position + length, name);
        position += length;
        return slice;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    /// Back to where the reader has been.
    void rewind(int to) {
        if (to > position) {
            throw new IndexOutOfBoundsException("From %d to %d is not back.".formatted(position, to));
        }
        position = to;
    }

    int remaining() {
        return end - position;
    }

    boolean atEnd() {
        return position == end;
    }

    int peek() throws MalformedModuleException {
        need(1, "a byte");
        return bytes[position] & 0xff;
    }

    int u8(String what) throws MalformedModuleException {
        need(1, what);
        return bytes[position++] & 0xff;
    }

    void skip(int length, String what) throws MalformedModuleException {
        need(length, what);
        position += length;
    }

    /// Little-endian.
    int fixed32(String what) throws MalformedModuleException {
        need(4, what);
        var value = (bytes[position] & 0xff)
                | (bytes[position + 1] & 0xff) << 8
                | (bytes[position + 2] & 0xff) << 16
                | (bytes[position + 3] & 0xff) << 24;
        position += 4;
        return value;
    }

    /// Little-endian.
    long fixed64(String what) throws MalformedModuleException {
        need(8, what);
        var low = Integer.toUnsignedLong(fixed32(what));
        return low | (long) fixed32(what) << 32;
    }

    /// An index, a size or a count; anything over 2^31 - 1 cannot be one in an array of bytes.
    int index(String what) throws MalformedModuleException {
        var start = position;
        var value = u32(what);
        if (value > Integer.MAX_VALUE) {
            throw new MalformedModuleException("%s is %d, more than any module can hold".formatted(what, value), start);
        }
        return (int) value;
    }

    /// How many entries follow. Each takes a byte or more, so a count over the bytes that remain is a lie.
    int count(String what) throws MalformedModuleException {
        var start = position;
        var value = u32("the number of " + what);
        if (value > remaining()) {
            throw new MalformedModuleException(
                    "%s claims %d %s, but has only %s left"
                            .formatted(Sentences.capital(part), value, what, Sentences.bytes(remaining())),
                    start);
        }
        return (int) value;
    }

    long u32(String what) throws MalformedModuleException {
        return unsigned(32, what);
    }

    long u64(String what) throws MalformedModuleException {
        return unsigned(64, what);
    }

    private long unsigned(int bits, String what) throws MalformedModuleException {
        var start = position;
        var value = 0L;
        for (var shift = 0; ; shift += 7) {
            var b = u8(what);
            var left = bits - shift;
            if (left <= 7) {
                if (b >= 0x80) {
                    throw tooLong(bits, what, start);
                }
                if (left < 7 && b >>> left != 0) {
                    throw tooWide(bits, what, start);
                }
            }
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
    }

    int s32(String what) throws MalformedModuleException {
        return (int) signed(32, what);
    }

    long s33(String what) throws MalformedModuleException {
        return signed(33, what);
    }

    long s64(String what) throws MalformedModuleException {
        return signed(64, what);
    }

    private long signed(int bits, String what) throws MalformedModuleException {
        var start = position;
        var value = 0L;
        for (var shift = 0; ; shift += 7) {
            var b = u8(what);
            var left = bits - shift;
            if (left <= 7) {
                if (b >= 0x80) {
                    throw tooLong(bits, what, start);
                }
                // The bits above the number must repeat its sign.
                var above = (byte) (b << 1) >> left;
                if (left < 7 && above != 0 && above != -1) {
                    throw tooWide(bits, what, start);
                }
            }
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                var used = shift + 7;
                return used < 64 ? (value << (64 - used)) >> (64 - used) : value;
            }
        }
    }

    private static MalformedModuleException tooLong(int bits, String what, int start) {
        return new MalformedModuleException(
                "%s takes more than the %d bytes that a %d-bit LEB128 number may have"
                        .formatted(Sentences.capital(what), (bits + 6) / 7, bits),
                start);
    }

    private static MalformedModuleException tooWide(int bits, String what, int start) {
        return new MalformedModuleException(
                "%s does not fit into %d bits (LEB128)".formatted(Sentences.capital(what), bits), start);
    }

    /// A UTF-8 name with its length before it.
    String name(String what) throws MalformedModuleException {
        var start = position;
        var length = u32("the length of " + what);
        if (length > remaining()) {
            throw new MalformedModuleException(
                    "%s claims %s, but %s has only %s left"
                            .formatted(
                                    Sentences.capital(what),
                                    Sentences.bytes(length),
                                    part,
                                    Sentences.bytes(remaining())),
                    start);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, (int) length))
                    .toString();
            position += (int) length;
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedModuleException("%s is not valid UTF-8".formatted(Sentences.capital(what)), position);
        }
    }

    private void need(int length, String what) throws MalformedModuleException {
        if (length > end - position) {
            throw new MalformedModuleException(
                    "%s ends inside %s (%s needed, %s left)"
                            .formatted(
                                    Sentences.capital(part),
                                    what,
                                    Sentences.bytes(length),
                                    Sentences.bytes(end - position)),
                    position);
        }
    }
}
