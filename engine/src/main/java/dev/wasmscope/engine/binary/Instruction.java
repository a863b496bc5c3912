package dev.wasmscope.engine.binary;

import java.util.List;

/// One decoded instruction.
///
/// @param offset of its opcode in the file
/// @param length of its encoding in bytes
/// @param depth of nesting at which it stands: `end` and `else` at that of their block
record Instruction(int offset, int length, int depth, Opcode opcode, List<Immediate> immediates) {}
