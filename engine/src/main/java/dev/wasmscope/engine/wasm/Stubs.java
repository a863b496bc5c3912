package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.TagInstance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.List;

/// What stands in for an import that nobody offers: a function that traps by name, a memory and a table of the smallest
/// size that is wanted, a global that is zero, or null.
///
/// All of it is the instance's own: what a call does to it is shown and undone like the rest.
final class Stubs {
    private final WasmModule module;
    private final Makers makers;
    private final List<GlobalInstance> globals = new ArrayList<>();

    /// What makes memories and tables that the instance owns.
    interface Makers {
        LinearMemory memory(MemoryLimits limits);

        TableInstance table(Table declared, int initial);
    }

    Stubs(WasmModule module, Makers makers) {
        this.module = module;
        this.makers = makers;
    }

    /// Those that can be changed.
    List<GlobalInstance> globals() {
        return globals;
    }

    /// @param memories get the one that is made, if it is one
    void add(Import wanted, ImportValues.Builder to, List<LinearMemory> memories) {
        switch (wanted) {
            case FunctionImport function -> to.addFunction(function(function));
            case MemoryImport memory -> {
                var made = makers.memory(memory.limits());
                memories.add(made);
                to.addMemory(new ImportMemory(wanted.module(), wanted.name(), made));
            }
            case TableImport table -> {
                var made = makers.table(new Table(table.entryType(), table.limits()), Value.REF_NULL_VALUE);
                to.addTable(new ImportTable(wanted.module(), wanted.name(), made));
            }
            case GlobalImport global -> to.addGlobal(new ImportGlobal(wanted.module(), wanted.name(), global(global)));
            case TagImport tag -> {
                var type = module.typeSection().getType(tag.tagType().typeIdx());
                to.addTag(new ImportTag(wanted.module(), wanted.name(), new TagInstance(tag.tagType(), type)));
            }
            default -> throw new IllegalArgumentException("There is no stub of a " + wanted.importType());
        }
    }

    private ImportFunction function(FunctionImport wanted) {
        var type = module.typeSection().getType(wanted.typeIndex());
        return new ImportFunction(wanted.module(), wanted.name(), type, (_, _) -> {
            throw new HostFailure("the unmet import %s.%s was called".formatted(wanted.module(), wanted.name()));
        });
    }

    private GlobalInstance global(GlobalImport wanted) {
        var zero = wanted.type().isReference() ? Value.REF_NULL_VALUE : 0;
        var made = new GlobalInstance(zero, 0, wanted.type(), wanted.mutabilityType());
        if (wanted.mutabilityType() == MutabilityType.Var) {
            globals.add(made);
        }
        return made;
    }
}
