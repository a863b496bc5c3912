package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import java.util.ArrayList;
import java.util.List;

/// An exported function, ready to be called.
///
/// @param index in the function index space
record Callable(String name, int index, FunctionType type) {
    /// Larger bodies are not read for the names of their parameters.
    private static final int SMALL = 1 << 14;

    static List<Callable> of(ModuleFacts facts) {
        return facts.exports().stream()
                .filter(e -> e.kind() == ExternKind.FUNCTION)
                .map(e -> new Callable(
                        e.name(), e.index(), facts.functions().get(e.index()).type()))
                .toList();
    }

    /// A program that is started once: its parameters are arguments, variables and files.
    boolean command() {
        return name.equals("_start") && type.parameters().isEmpty();
    }

    /// From the name section, else `p0`, `p1`...
    List<String> parameterNames(byte[] module, ModuleFacts facts) {
        var names = new ArrayList<String>();
        for (int i = 0; i < type.parameters().size(); i++) {
            names.add("p" + i);
        }
        FunctionFact fact = facts.functions().get(index);
        if (fact.imported() || fact.bodySize() > SMALL || names.isEmpty()) {
            return names;
        }
        try {
            for (var local : ModuleReader.disassemble(module, facts, index).locals()) {
                if (local.parameter() && !local.name().isEmpty()) {
                    names.set(local.index(), local.name());
                }
            }
        } catch (MalformedModuleException e) {
            // The body is not readable; its parameters can be given all the same.
            return names;
        }
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
