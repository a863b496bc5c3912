package dev.wasmscope.plugins.strings;

import java.util.OptionalLong;

/// @param offset of the first byte in the module's file
/// @param memory index of the memory it is copied to
/// @param address in that memory; empty for passive segments and computed offsets
/// @param length in bytes
record FoundString(long offset, int memory, OptionalLong address, int length, String text) {}
