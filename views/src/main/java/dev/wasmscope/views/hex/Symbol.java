package dev.wasmscope.views.hex;

import java.util.OptionalLong;

/// A name a person may type instead of an address.
///
/// @param address where it is in memory; empty for what has no place there, such as a function
/// @param kind for messages: `global`, `data segment`, `function`
record Symbol(String name, String kind, OptionalLong address, long length) {
    static Symbol at(String name, String kind, long address, long length) {
        return new Symbol(name, kind, OptionalLong.of(address), length);
    }

    static Symbol nowhere(String name, String kind) {
        return new Symbol(name, kind, OptionalLong.empty(), 0);
    }
}
