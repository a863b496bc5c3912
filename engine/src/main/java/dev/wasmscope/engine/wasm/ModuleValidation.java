package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleReader;
import java.util.Set;
import java.util.TreeSet;

/// Whether a module's code obeys the specification, as Chicory checks it. Takes about a second for 2 MB, so it runs
/// after the facts are shown.
public final class ModuleValidation {
    /// Proposals that Chicory 1.7.5 does not check; a failure may be its own.
    private static final Set<String> UNKNOWN =
            Set.of("custom-page-sizes", "memory64", "multimemory", "relaxed-simd", "wide-arithmetic");

    /// What came of it.
    public sealed interface Verdict {
        record Valid() implements Verdict {}

        /// @param reason a sentence
        record Invalid(String reason) implements Verdict {}

        /// It uses what Chicory does not know, so nothing can be said.
        ///
        /// @param reason a sentence that names it
        record Unsupported(String reason) implements Verdict {}
    }

    private ModuleValidation() {}

    public static Verdict validate(byte[] module) {
        try {
            Parser.parse(module);
            return new Verdict.Valid();
        } catch (ChicoryException | ArithmeticException | IndexOutOfBoundsException | ClassCastException e) {
            return rejected(module, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return new Verdict.Unsupported("The module's code is nested too deeply to be validated.");
        }
    }

    private static Verdict rejected(byte[] module, String message) {
        var sentence = message.endsWith(".") ? message : message + ".";
        try {
            var facts = ModuleReader.read(module);
            var features = new TreeSet<>(facts.features());
            features.addAll(ModuleReader.featuresInBodies(module, facts));
            features.retainAll(UNKNOWN);
            if (!features.isEmpty()) {
                return new Verdict.Unsupported("The module uses %s, which Chicory cannot validate (it says: %s)"
                        .formatted(String.join(", ", features), sentence));
            }
            return new Verdict.Invalid("The module is not valid: " + sentence);
        } catch (MalformedModuleException e) {
            return new Verdict.Invalid(String.valueOf(e.getMessage()));
        }
    }
}
