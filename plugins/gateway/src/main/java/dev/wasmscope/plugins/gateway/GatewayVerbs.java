package dev.wasmscope.plugins.gateway;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.VerbProvider;
import java.util.List;

/// Makes the verb `gateway`.
public final class GatewayVerbs implements VerbProvider {
    @Override
    public List<Verb> verbs(Engine engine) {
        return List.of(new GatewayVerb(engine));
    }
}
