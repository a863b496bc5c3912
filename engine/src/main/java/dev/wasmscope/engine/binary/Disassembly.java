package dev.wasmscope.engine.binary;

import java.util.List;
import java.util.OptionalInt;

/// One function as lines.
///
/// @param header the signature line with names and locals, in the text format's style
public record Disassembly(int function, String name, String header, List<LocalFact> locals, List<Line> lines) {
    /// @param name from the name section, else empty
    public record LocalFact(int index, String name, String type, boolean parameter) {}

    /// One instruction.
    ///
    /// @param offset of its opcode in the file
    /// @param length of its encoding in bytes
    /// @param depth of nesting, for indentation
    /// @param mnemonic as the specification spells it: `i32.load8_u`
    /// @param operands as raw text, `offset=8 align=0`, `3`, `42`
    /// @param target index of the function a `call`, `return_call` or `ref.func` names
    /// @param note resolved name of a function, local, global or type; empty where there is none
    public record Line(
            long offset, int length, int depth, String mnemonic, String operands, OptionalInt target, String note) {}
}
