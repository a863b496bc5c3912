package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.List;

/// A call of the history; choosing it fills the form again.
record PastCall(ModuleDocument module, String export, List<String> texts, CallOutcome outcome) {
    String call() {
        return "%s(%s)".formatted(export, String.join(", ", texts));
    }
}
