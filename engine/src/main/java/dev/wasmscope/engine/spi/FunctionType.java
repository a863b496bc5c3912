package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.stream.Collectors;

/// What a function takes and gives.
public record FunctionType(List<ValueType> parameters, List<ValueType> results) {
    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /// `(i32 i32) → i32`; no arrow where nothing is returned.
    @Override
    public String toString() {
        var taken = parameters.stream().map(ValueType::text).collect(Collectors.joining(" ", "(", ")"));
        return switch (results.size()) {
            case 0 -> taken;
            case 1 -> taken + " → " + results.getFirst().text();
            default -> taken + " → " + results.stream().map(ValueType::text).collect(Collectors.joining(" ", "(", ")"));
        };
    }
}
