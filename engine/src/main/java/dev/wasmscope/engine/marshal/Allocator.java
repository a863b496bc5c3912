package dev.wasmscope.engine.marshal;

import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pair of exports by which a guest gives its host memory and takes it back.
///
/// @param allocate takes a size, gives an address
/// @param free empty where the guest collects garbage, or never frees
/// @param withId AssemblyScript's `__new` takes the id of a class as well
public record Allocator(String allocate, Optional<String> free, boolean freeTakesLength, boolean withId) {
    /// AssemblyScript's id of strings.
    private static final int STRING_ID = 2;

    private record Pair(String allocate, String free) {}

    /// Known pairs, the telling ones first.
    private static final List<Pair> KNOWN = List.of(
            new Pair("wasm_alloc", "wasm_free"),
            new Pair("proxy_on_memory_allocate", "free"),
            new Pair("allocate", "deallocate"),
            new Pair("redis_alloc", "redis_free"),
            new Pair("__new", "__free"),
            new Pair("malloc", "free"),
            new Pair("alloc", "free"),
            new Pair("alloc", "dealloc"),
            new Pair("__alloc", "__free"),
            new Pair("__wbindgen_malloc", "__wbindgen_free"));

    /// The first known pair among the exports.
    public static Optional<Allocator> of(List<ExportInfo> exports) {
        for (var pair : KNOWN) {
            var allocate = function(exports, pair.allocate);
            if (allocate.isEmpty()) {
                continue;
            }
            var taken = allocate.get().function().orElseThrow().parameters();
            var given = allocate.get().function().orElseThrow().results();
            var withId = pair.allocate.equals("__new") && taken.size() == 2;
            if ((taken.size() == 1 || withId)
                    && taken.stream().allMatch(ValueType.I32::equals)
                    && given.equals(List.of(ValueType.I32))) {
                var free = KNOWN.stream()
                        .filter(known -> known.allocate.equals(pair.allocate))
                        .flatMap(known -> function(exports, known.free).stream())
                        .findFirst();
                var length = free.flatMap(ExportInfo::function)
                                .map(type -> type.parameters().size())
                                .orElse(1)
                        == 2;
                return Optional.of(new Allocator(pair.allocate, free.map(ExportInfo::name), length, withId));
            }
        }
        return Optional.empty();
    }

    private static Optional<ExportInfo> function(List<ExportInfo> exports, String name) {
        return exports.stream()
                .filter(export ->
                        export.name().equals(name) && export.function().isPresent())
                .findFirst();
    }

    public List<Value> allocateArguments(int size) {
        return withId ? List.of(Value.i32(size), Value.i32(STRING_ID)) : List.of(Value.i32(size));
    }

    public List<Value> freeArguments(long address, int size) {
        var arguments = new ArrayList<Value>();
        arguments.add(Value.i32((int) address));
        if (freeTakesLength) {
            arguments.add(Value.i32(size));
        }
        return arguments;
    }

    /// For a message where there is none.
    public static String knownNames() {
        return String.join(", ", KNOWN.stream().map(Pair::allocate).distinct().toList());
    }
}
