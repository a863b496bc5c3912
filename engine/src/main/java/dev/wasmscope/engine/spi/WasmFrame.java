package dev.wasmscope.engine.spi;

import java.util.OptionalLong;

/// One line of a Wasm backtrace.
///
/// @param function index in the module's function index space; -1 for a function of a linked session
/// @param name from the name section or an export, else `func[N]`
/// @param offset file offset of the instruction, where it is known
public record WasmFrame(int function, String name, OptionalLong offset) {}
