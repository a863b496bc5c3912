package dev.wasmscope.engine.binary;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What things are called: by the name section where it says so, else by an export, else by an import.
final class Names {
    private final Map<Immediate.Space, Map<Integer, String>> bySpace = new EnumMap<>(Immediate.Space.class);
    private Optional<String> module = Optional.empty();

    void put(Immediate.Space space, int index, String name) {
        bySpace.computeIfAbsent(space, _ -> new HashMap<>()).put(index, name);
    }

    void putModule(String name) {
        module = Optional.of(name);
    }

    /// Empty where it has none.
    String of(Immediate.Space space, int index) {
        return bySpace.getOrDefault(space, Map.of()).getOrDefault(index, "");
    }

    Optional<String> module() {
        return module;
    }
}
