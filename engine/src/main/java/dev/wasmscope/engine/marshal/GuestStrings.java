package dev.wasmscope.engine.marshal;

import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.WasiValue.Span;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Strings in linear memory. What a guest claims of them is checked.
public final class GuestStrings {
    /// Longer ones are not taken for strings.
    private static final int LONGEST = 1 << 20;

    private static final int CHUNK = 256;

    private GuestStrings() {}

    /// @param at the characters themselves, without length or 0
    public record Found(Span at, String text) {}

    /// Bytes to write at an allocated address.
    ///
    /// @param offset of what the guest is given from the address on
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Laid(byte[] bytes, int offset) {}

    public static Laid lay(String text, StringForm form) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return switch (form) {
            case POINTER_LENGTH -> new Laid(utf8, 0);
            case ZERO_ENDED -> new Laid(ended(utf8), 0);
            case LENGTH_FIRST -> {
                var all = ByteBuffer.allocate(4 + utf8.length + 1).order(ByteOrder.LITTLE_ENDIAN);
                yield new Laid(all.putInt(utf8.length + 1).put(utf8).array(), 0);
            }
            // __new writes the length before the address.
            case ASSEMBLYSCRIPT -> new Laid(text.getBytes(StandardCharsets.UTF_16LE), 0);
        };
    }

    private static byte[] ended(byte[] utf8) {
        var all = new ByteArrayOutputStream(utf8.length + 1);
        all.writeBytes(utf8);
        all.write(0);
        return all.toByteArray();
    }

    /// A string at an address, where there is one.
    ///
    /// @param length in bytes; only [StringForm#POINTER_LENGTH] looks at it
    public static Optional<Found> find(GuestMemory memory, long address, long length, StringForm form) {
        try {
            return switch (form) {
                case POINTER_LENGTH ->
                    length < 0 || length > LONGEST ? Optional.empty() : utf8(memory, address, length);
                case ZERO_ENDED -> zeroEnded(memory, address);
                case LENGTH_FIRST -> {
                    var claimed = word(memory, address);
                    yield claimed < 1 || claimed > LONGEST || memory.read(address + 4 + claimed - 1, 1)[0] != 0
                            ? Optional.empty()
                            : utf8(memory, address + 4, claimed - 1);
                }
                case ASSEMBLYSCRIPT -> {
                    var claimed = address < 4 ? -1 : word(memory, address - 4);
                    yield claimed < 0 || claimed > LONGEST || claimed % 2 != 0
                            ? Optional.empty()
                            : readable(
                                    new Span(address, claimed),
                                    new String(memory.read(address, (int) claimed), StandardCharsets.UTF_16LE));
                }
            };
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static long word(GuestMemory memory, long address) {
        return ByteBuffer.wrap(memory.read(address, 4))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt()
                & 0xffff_ffffL;
    }

    private static Optional<Found> zeroEnded(GuestMemory memory, long address) {
        var end = memory.pages() * 65_536L;
        var text = new ByteArrayOutputStream();
        for (var at = address; at < end && text.size() < LONGEST; at += CHUNK) {
            var chunk = memory.read(at, (int) Math.min(CHUNK, end - at));
            for (int i = 0; i < chunk.length; i++) {
                if (chunk[i] == 0) {
                    text.write(chunk, 0, i);
                    return utf8(memory, address, text.size());
                }
            }
            text.writeBytes(chunk);
        }
        return Optional.empty();
    }

    private static Optional<Found> utf8(GuestMemory memory, long address, long length) {
        var bytes = memory.read(address, (int) length);
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return readable(new Span(address, length), text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Found> readable(Span at, String text) {
        return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t' || c == '\r')
                ? Optional.of(new Found(at, text))
                : Optional.empty();
    }
}
