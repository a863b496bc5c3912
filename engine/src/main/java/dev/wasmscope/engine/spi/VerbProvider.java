package dev.wasmscope.engine.spi;

import java.util.List;

/// Makes the verbs of a plugin that run modules; found by `ServiceLoader` in a plugin's own class loader. Verbs
/// that need no engine are provided as [Verb] themselves.
public interface VerbProvider {
    List<Verb> verbs(Engine engine);
}
