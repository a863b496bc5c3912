package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import java.util.Objects;
import java.util.Optional;

/// Checks a whole module against the rules of the specification, function bodies included. Takes seconds for 10 MB.
public final class ModuleValidation {
    private ModuleValidation() {}

    /// @return why the module is invalid, as a sentence; empty where it is valid
    public static Optional<String> reasonAgainst(byte[] module) {
        try {
            var _ = Parser.parse(module);
            return Optional.empty();
        } catch (ChicoryException | IndexOutOfBoundsException | ArithmeticException e) {
            // The parser reports some malformed modules by what its arrays throw.
            return Optional.of("Validation failed: %s."
                    .formatted(Objects.requireNonNullElse(
                            e.getMessage(), e.getClass().getSimpleName())));
        }
    }
}
