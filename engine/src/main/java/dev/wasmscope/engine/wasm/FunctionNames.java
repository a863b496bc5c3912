package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.HashMap;
import java.util.Map;

/// What the functions of a module are called, and where their code lies.
final class FunctionNames {
    private final WasmModule module;
    private final int imported;
    private final Map<Integer, String> exported = new HashMap<>();

    FunctionNames(WasmModule module) {
        this.module = module;
        this.imported = module.importSection().count(ExternalType.FUNCTION);
        var exports = module.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            var export = exports.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                exported.putIfAbsent(export.index(), export.name());
            }
        }
    }

    /// How many functions are imported; they come first.
    int imported() {
        return imported;
    }

    /// From the name section, else from an export, else `func[N]`.
    String of(int function) {
        var names = module.nameSection();
        var name = names == null ? null : names.nameOfFunction(function);
        return name != null ? name : exported.getOrDefault(function, "func[" + function + "]");
    }

    /// The function whose body holds the instruction at a file offset, or -1.
    int at(int offset) {
        var low = 0;
        var high = module.codeSection().functionBodyCount() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var code = module.codeSection().getFunctionBody(middle).instructions();
            if (offset < code.getFirst().address()) {
                high = middle - 1;
            } else if (offset > code.getLast().address()) {
                low = middle + 1;
            } else {
                return imported + middle;
            }
        }
        return -1;
    }
}
