package dev.wasmscope.plugins.strings;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Finds the data segments in a module's bytes. Input is not trusted: nothing outside the bytes is ever read, and
/// reading ends where they stop making sense.
final class DataSection {
    private static final int DATA = 11;
    private static final int HEADER = 8;

    private final byte[] bytes;
    private int at;
    private int end;

    private DataSection(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /// @param start of the contents in the file
    /// @param address where they are copied to, where a constant says so
    record Segment(int start, int length, int memory, OptionalLong address) {}

    /// What makes no sense, with the offset.
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String reason, int offset) {
            super("%s at offset 0x%x".formatted(reason, offset));
        }
    }

    /// @throws MalformedException when the bytes are not a module or the data section is damaged
    static List<Segment> read(byte[] bytes) throws MalformedException {
        return new DataSection(bytes).segments();
    }

    private List<Segment> segments() throws MalformedException {
        if (bytes.length < HEADER || bytes[0] != 0 || bytes[1] != 'a' || bytes[2] != 's' || bytes[3] != 'm') {
            throw new MalformedException("This is not a WebAssembly module: its first bytes are not \\0asm", 0);
        }
        at = HEADER;
        while (at < bytes.length) {
            var id = next();
            var size = length();
            if (id == DATA) {
                end = at + size;
                return contents();
            }
            at += size;
        }
        return List.of();
    }

    private List<Segment> contents() throws MalformedException {
        var count = unsigned();
        var segments = new ArrayList<Segment>();
        for (long i = 0; i < count; i++) {
            var flags = unsigned();
            if (flags > 2) {
                throw new MalformedException("A data segment has the unknown kind " + flags, at);
            }
            var memory = flags == 2 ? (int) Math.min(unsigned(), Integer.MAX_VALUE) : 0;
            var address = flags == 1 ? OptionalLong.empty() : offset();
            var size = length();
            segments.add(new Segment(at, size, memory, address));
            at += size;
        }
        return segments;
    }

    /// Only a lone constant has a value that is known without running the module.
    private OptionalLong offset() throws MalformedException {
        var opcode = next();
        var constant = OptionalLong.empty();
        switch (opcode) {
            case 0x41 -> constant = OptionalLong.of(signed() & 0xFFFF_FFFFL);
            case 0x42 -> constant = OptionalLong.of(signed());
            case 0x23 -> unsigned();
            default -> throw new MalformedException("An offset begins with the unknown opcode " + opcode, at - 1);
        }
        if (next() == 0x0B) {
            return constant;
        }
        // An extended constant expression: constants and additions up to its end.
        at--;
        while (true) {
            switch (next()) {
                case 0x0B -> {
                    return OptionalLong.empty();
                }
                case 0x41, 0x42 -> signed();
                case 0x23 -> unsigned();
                case 0x6A, 0x6B, 0x6C, 0x7C, 0x7D, 0x7E -> {}
                default -> throw new MalformedException("An offset is no constant expression", at - 1);
            }
        }
    }

    private int next() throws MalformedException {
        if (at >= end) {
            throw new MalformedException("The module ends in the middle", at);
        }
        return bytes[at++] & 0xFF;
    }

    private int length() throws MalformedException {
        var start = at;
        var length = unsigned();
        if (length > end - at) {
            throw new MalformedException("%d bytes are claimed, %d are left".formatted(length, end - at), start);
        }
        return (int) length;
    }

    private long unsigned() throws MalformedException {
        long value = 0;
        for (var shift = 0; shift < 35; shift += 7) {
            var b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new MalformedException("A number is longer than five bytes", at);
    }

    private long signed() throws MalformedException {
        long value = 0;
        for (var shift = 0; shift < 70; shift += 7) {
            var b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                var bits = shift + 7;
                return bits < 64 && (b & 0x40) != 0 ? value | (-1L << bits) : value;
            }
        }
        throw new MalformedException("A number is longer than ten bytes", at);
    }
}
