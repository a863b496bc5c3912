package dev.wasmscope.engine.spi;

/// What a guest can change, copied while it was at rest: its memory and its mutable globals. Tables are not in it.
///
/// @param memory may be longer than the memory is
/// @param size of the memory in bytes, a whole number of pages
/// @param globals two words for each mutable global of the instance, low bits first
@SuppressWarnings("ArrayRecordComponent") // as large as the guest: handed on, never copied for safety's sake
public record GuestState(byte[] memory, int size, long[] globals) {
    public GuestState {
        if (size < 0 || size > memory.length || size % 65_536 != 0) {
            throw new IllegalArgumentException(
                    "A memory of %d bytes in an array of %d.".formatted(size, memory.length));
        }
    }
}
