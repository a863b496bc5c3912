package dev.wasmscope.engine.spi;

import java.util.List;

/// What an argument of a WASI call means. Addresses are those of the guest's memory 0.
public sealed interface WasiValue {
    /// @param length in bytes, as the guest gave it
    record Span(long address, long length) {}

    /// A size, an offset, a time.
    record Plain(long value) implements WasiValue {}

    /// @param name the path it was opened by or `stdin`, `stdout`, `stderr`; empty where it is not known
    record Descriptor(int number, String name) implements WasiValue {}

    /// One of a set of constants.
    record Named(long value, String name) implements WasiValue {}

    /// Bits by name; unknown ones in hexadecimal.
    record Flags(long value, List<String> names) implements WasiValue {
        public Flags {
            names = List.copyOf(names);
        }
    }

    /// A path or another text.
    ///
    /// @param head its first bytes
    @SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
    record Text(Span at, byte[] head) implements WasiValue {}

    /// @param head its first bytes
    @SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
    record Bytes(Span at, byte[] head) implements WasiValue {}

    /// Several pieces of memory, such as iovecs.
    ///
    /// @param at the list itself
    /// @param count as the guest gave it
    /// @param first [Bytes], [Text] or [Unreadable]; not all where there are many
    record Pieces(Span at, long count, List<WasiValue> first) implements WasiValue {
        public Pieces {
            first = List.copyOf(first);
        }
    }

    /// A result in memory, or a structure that was passed.
    record Fields(Span at, List<Field> fields) implements WasiValue {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /// @param name empty where it is the only one
    record Field(String name, WasiValue value) {}

    /// Where a result would have been written, had the call succeeded.
    record Place(Span at) implements WasiValue {}

    /// A range that leaves the guest's memory.
    record Unreadable(Span at) implements WasiValue {}
}
