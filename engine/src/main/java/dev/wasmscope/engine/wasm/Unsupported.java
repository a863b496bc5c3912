package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A module that uses what Chicory cannot run. The message is a sentence.
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<OpCode> VECTORS = EnumSet.copyOf(Stream.of(OpCode.values())
            .filter(code -> code.name().matches("(V128|I8x16|I16x8|I32x4|I64x2|F32x4|F64x2)_.*"))
            .toList());

    private Unsupported(String message) {
        super(message);
    }

    /// @throws Unsupported naming the first use of 128-bit vectors
    static void check(WasmModule module) {
        var code = module.codeSection();
        for (int i = 0; i < code.functionBodyCount(); i++) {
            var body = code.getFunctionBody(i);
            if (hasVector(body.localTypes())) {
                throw vectors("local variables");
            }
            for (var instruction : body.instructions()) {
                if (VECTORS.contains(instruction.opcode())) {
                    throw vectors("instructions (the first at 0x%x)".formatted(instruction.address()));
                }
            }
        }
        for (var type : module.typeSection().types()) {
            if (type != null && hasVector(type)) {
                throw vectors("parameters or results");
            }
        }
        for (var global : module.globalSection().globals()) {
            if (hasVector(List.of(global.valueType()))) {
                throw vectors("globals");
            }
        }
    }

    private static boolean hasVector(FunctionType type) {
        return hasVector(type.params()) || hasVector(type.returns());
    }

    private static boolean hasVector(List<ValType> types) {
        return types.stream().anyMatch(t -> t.equals(ValType.V128));
    }

    private static Unsupported vectors(String what) {
        return new Unsupported(
                "The module has 128-bit SIMD %s, which Chicory cannot run. It can be inspected, not called."
                        .formatted(what));
    }
}
