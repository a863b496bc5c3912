package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Strings and bytes on their way over the boundary, as Easegress lays them out: bytes are a u32 with their number,
/// little-endian, and they themselves; a string counts and has a zero at its end; an array of strings is a u32 with
/// their number and they themselves, one after another.
///
/// What the host gives lies in a block from the guest's `wasm_alloc`, which the guest frees.
final class GuestStrings {
    private static final int PAGE = 65_536;

    private final Duration deadline;
    private @Nullable HostedInstance guest;

    /// @param deadline of `wasm_alloc`
    GuestStrings(Duration deadline) {
        this.deadline = deadline;
    }

    /// Before the guest first calls the host.
    void bind(HostedInstance instance) {
        guest = instance;
    }

    byte[] bytes(GuestMemory memory, int address) {
        var start = Integer.toUnsignedLong(address);
        var length = littleEndian(memory.read(start, 4));
        var limit = (long) memory.pages() * PAGE;
        if (start + 4 + length > limit) {
            throw new IndexOutOfBoundsException(
                    "%d bytes at 0x%x are claimed, but the memory ends at 0x%x.".formatted(length, start + 4, limit));
        }
        return memory.read(start + 4, (int) length);
    }

    String string(GuestMemory memory, int address) {
        var bytes = bytes(memory, address);
        if (bytes.length == 0) {
            throw new IllegalArgumentException(
                    "The string at 0x%x has no room for the zero at its end.".formatted(address));
        }
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    }

    int give(GuestMemory memory, byte[] bytes) {
        var block = new byte[bytes.length + 4];
        putLength(block, bytes.length);
        System.arraycopy(bytes, 0, block, 4, bytes.length);
        return place(memory, block);
    }

    int give(GuestMemory memory, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var block = new byte[bytes.length + 5];
        putLength(block, bytes.length + 1);
        System.arraycopy(bytes, 0, block, 4, bytes.length);
        return place(memory, block);
    }

    int give(GuestMemory memory, List<String> texts) {
        var out = new ByteArrayOutputStream();
        var length = new byte[4];
        putLength(length, texts.size());
        out.writeBytes(length);
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            putLength(length, bytes.length + 1);
            out.writeBytes(length);
            out.writeBytes(bytes);
            out.write(0);
        }
        return place(memory, out.toByteArray());
    }

    private int place(GuestMemory memory, byte[] block) {
        var instance = guest;
        if (instance == null) {
            throw new IllegalStateException("The guest asks for text before it is ready.");
        }
        var request = new CallRequest("wasm_alloc", List.of(Value.i32(block.length)), Optional.of(deadline));
        var address = switch (instance.call(request)) {
            case CallOutcome.Returned(var results, var _)
            when results.size() == 1 -> results.getFirst().asI32();
            case CallOutcome other ->
                throw new IllegalStateException(
                        "wasm_alloc(%d) gave no address: %s.".formatted(block.length, Reasons.of(other)));
        };
        if (address == 0) {
            throw new IllegalStateException(
                    "wasm_alloc(%d) gave 0: the guest has no memory left.".formatted(block.length));
        }
        memory.write(Integer.toUnsignedLong(address), block);
        return address;
    }

    private static void putLength(byte[] to, int length) {
        for (var i = 0; i < 4; i++) {
            to[i] = (byte) (length >>> (8 * i));
        }
    }

    private static long littleEndian(byte[] bytes) {
        return (bytes[0] & 0xffL) | (bytes[1] & 0xffL) << 8 | (bytes[2] & 0xffL) << 16 | (bytes[3] & 0xffL) << 24;
    }
}
