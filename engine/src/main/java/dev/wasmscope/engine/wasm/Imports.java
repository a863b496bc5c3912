package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasi.ChicoryHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds something for every import of a module: a linked instance, a host module, a stub.
final class Imports {
    private final WasmModule module;
    private final InstantiationRequest request;
    private final ImportValues.Builder values = ImportValues.builder();
    private final List<String> unmet = new ArrayList<>();
    private final List<LinearMemory> memories = new ArrayList<>();
    private final List<LinkedMemory> linked = new ArrayList<>();
    private final Stubs stubs;

    Imports(WasmModule module, InstantiationRequest request, Stubs stubs) {
        this.module = module;
        this.request = request;
        this.stubs = stubs;
    }

    /// @throws UnmetImportsException naming all that nothing offers
    ImportValues resolve() {
        var section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            resolve(section.getImport(i));
        }
        if (!unmet.isEmpty()) {
            throw new UnmetImportsException(unmet);
        }
        return values.build();
    }

    static final class UnmetImportsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnmetImportsException(String sentence) {
            super(sentence);
        }

        UnmetImportsException(List<String> unmet) {
            super("Nothing offers what the module imports: %s. Link a session that exports it, or stub what is unmet."
                    .formatted(String.join(", ", unmet)));
        }
    }

    /// Imported memories in the order of the index space, stubs among them.
    List<LinearMemory> memories() {
        return memories;
    }

    /// Those of other instances.
    List<LinkedMemory> linked() {
        return linked;
    }

    private void resolve(Import wanted) {
        var link = request.links().get(wanted.module());
        if (link != null && linked(wanted, link)) {
            return;
        }
        if (wanted instanceof FunctionImport function) {
            var type = module.typeSection().getType(function.typeIndex());
            var offered = fromHost(wanted, type);
            if (offered.isPresent()) {
                values.addFunction(offered.get());
                return;
            }
        }
        if (request.stubUnmet()) {
            stubs.add(wanted, values, memories);
        } else if (wanted instanceof FunctionImport function) {
            var type = module.typeSection().getType(function.typeIndex());
            unmet.add("function %s.%s %s".formatted(wanted.module(), wanted.name(), Types.of(type)));
        } else {
            unmet.add("%s %s.%s".formatted(Types.of(wanted.importType()), wanted.module(), wanted.name()));
        }
    }

    private boolean linked(Import wanted, GuestInstance link) {
        if (!(link instanceof ChicoryInstance other)) {
            throw new UnmetImportsException(
                    "The session that is linked as \"%s\" runs on another runtime; instances of different runtimes cannot be linked."
                            .formatted(wanted.module()));
        }
        var kind = Types.of(wanted.importType());
        var found = other.exports().stream()
                .filter(e -> e.name().equals(wanted.name()) && e.kind() == kind)
                .findFirst();
        if (found.isEmpty()) {
            return false;
        }
        var instance = other.instance();
        var index = found.get().index();
        switch (kind) {
            case FUNCTION ->
                values.addFunction(
                        ImportFunction.exportAsImport(wanted.module(), wanted.name(), instance, wanted.name()));
            case MEMORY -> {
                var memory = new LinkedMemory(other.memories().get(index).memory());
                memories.add(memory.target());
                linked.add(memory);
                values.addMemory(new ImportMemory(wanted.module(), wanted.name(), memory));
            }
            case TABLE -> values.addTable(new ImportTable(wanted.module(), wanted.name(), instance.table(index)));
            case GLOBAL -> values.addGlobal(new ImportGlobal(wanted.module(), wanted.name(), instance.global(index)));
            case TAG -> values.addTag(new ImportTag(wanted.module(), wanted.name(), instance.tag(index)));
        }
        return true;
    }

    private Optional<ImportFunction> fromHost(Import wanted, FunctionType type) {
        for (var host : request.hostModules()) {
            if (!host.name().equals(wanted.module())) {
                continue;
            }
            if (host instanceof HandMade made) {
                var found = offered(made, wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
            if (host instanceof ChicoryHost own) {
                // Some functions are there in two shapes; where none fits, the first tells in which it is.
                var named = own.imports().stream()
                        .filter(f -> f.name().equals(wanted.name()))
                        .toList();
                var found = named.stream()
                        .filter(f -> f.functionType().equals(type))
                        .findFirst()
                        .or(() -> named.stream().findFirst());
                if (found.isPresent()) {
                    return found;
                }
            }
            for (var function : host.functions()) {
                if (function.name().equals(wanted.name())) {
                    return Optional.of(adapt(wanted, function));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ImportFunction> offered(HandMade made, Import wanted) {
        if (!(wanted instanceof FunctionImport function)) {
            return Optional.empty();
        }
        try {
            return made.offer(wanted.name(), module.typeSection().getType(function.typeIndex()));
        } catch (IllegalArgumentException e) {
            throw new UnmetImportsException(String.valueOf(e.getMessage()));
        }
    }

    private static ImportFunction adapt(Import wanted, HostFunction function) {
        var parameters = function.type().parameters();
        var results = function.type().results();
        return new ImportFunction(wanted.module(), wanted.name(), Types.of(function.type()), (instance, raw) -> {
            List<Value> given = Types.fromRaw(parameters, raw);
            var answer = call(function, instance, given);
            if (answer.size() != results.size()) {
                throw new HostFailure("The host function %s.%s returned %d values instead of %d."
                        .formatted(wanted.module(), wanted.name(), answer.size(), results.size()));
            }
            return Types.toRaw(answer);
        });
    }

    private static List<Value> call(HostFunction function, Instance instance, List<Value> given) {
        try {
            return function.body().call(new InstanceMemory(instance), given);
        } catch (ChicoryException | HostFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new HostFailure("The host function %s failed: %s".formatted(function.name(), e.getMessage()), e);
        }
    }
}
