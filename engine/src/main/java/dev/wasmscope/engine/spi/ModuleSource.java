package dev.wasmscope.engine.spi;

import java.nio.file.Path;
import java.util.Optional;

/// The bytes of a module and where they came from.
///
/// @param name short, for tabs and messages: `fib.wasm`
/// @param bytes never written to by anyone
@SuppressWarnings("ArrayRecordComponent") // shared by agreement: copying 10 MB for every reader buys nothing
public record ModuleSource(String name, Optional<Path> path, byte[] bytes) {}
