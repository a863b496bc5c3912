package dev.wasmscope.views.workspace;

/// Whether a module's code obeys the rules of the specification. Checked after its facts are shown, since it takes
/// far longer.
public sealed interface Validation {
    record Pending() implements Validation {}

    record Valid() implements Validation {}

    /// @param reason a sentence
    record Invalid(String reason) implements Validation {}

    /// The user stopped it, or there was nothing to check; why is a sentence.
    record NotChecked(String why) implements Validation {}
}
