package dev.wasmscope.engine.spi;

import java.util.Optional;

/// One export of an instance.
///
/// @param index in the index space of its kind
/// @param function the signature, where it is a function
public record ExportInfo(String name, ExternKind kind, int index, Optional<FunctionType> function) {}
