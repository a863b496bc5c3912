package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.VerbProvider;
import java.util.List;

/// Makes the verb `process`.
public final class KafkaVerbs implements VerbProvider {
    @Override
    public List<Verb> verbs(Engine engine) {
        return List.of(new ProcessVerb(engine));
    }
}
