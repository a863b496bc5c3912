package dev.wasmscope.plugins.strings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Finds runs of printable characters, ASCII and well-formed UTF-8, in a module's data segments.
final class StringScan {
    private StringScan() {}

    /// @param minimum characters a string must have
    static List<FoundString> scan(byte[] module, int minimum) throws DataSection.MalformedException {
        if (minimum < 1) {
            throw new IllegalArgumentException("A string has at least one character, not " + minimum);
        }
        var found = new ArrayList<FoundString>();
        for (var segment : DataSection.read(module)) {
            scan(module, segment, minimum, found);
        }
        return found;
    }

    private static void scan(byte[] module, DataSection.Segment segment, int minimum, List<FoundString> into) {
        var end = segment.start() + segment.length();
        var start = segment.start();
        var characters = 0;
        var at = start;
        while (at <= end) {
            var size = at < end ? printable(module, at, end) : 0;
            if (size > 0) {
                characters++;
                at += size;
                continue;
            }
            if (characters >= minimum) {
                into.add(string(module, segment, start, at));
            }
            at++;
            start = at;
            characters = 0;
        }
    }

    private static FoundString string(byte[] module, DataSection.Segment segment, int start, int end) {
        var address = segment.address().isPresent()
                ? OptionalLong.of(segment.address().getAsLong() + start - segment.start())
                : OptionalLong.empty();
        var text = new String(module, start, end - start, StandardCharsets.UTF_8);
        return new FoundString(start, segment.memory(), address, end - start, text);
    }

    /// @return the bytes of the printable character that begins here, 0 where none does
    private static int printable(byte[] bytes, int at, int end) {
        var first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return (first >= 0x20 && first < 0x7F) || first == '\t' || first == '\n' ? 1 : 0;
        }
        var size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || at + size > end) {
            return 0;
        }
        var point = first & (0x7F >> size);
        for (var i = 1; i < size; i++) {
            var next = bytes[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return 0;
            }
            point = (point << 6) | (next & 0x3F);
        }
        var shortest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
        var shown = point >= shortest
                && point <= Character.MAX_CODE_POINT
                && Character.isDefined(point)
                && !Character.isISOControl(point)
                && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        return shown ? size : 0;
    }
}
