package dev.wasmscope.plugins.gateway;

import dev.wasmscope.engine.spi.Verb;
import java.util.List;

/// `wasmscope gateway` alone, for a process of its own.
public final class GatewayMain {
    private GatewayMain() {}

    static void main(String[] arguments) {
        try (var engine = Modules.engine()) {
            System.exit(new GatewayVerb(engine)
                    .run(List.of(arguments), new Verb.Terminal(System.in, System.out, System.err)));
        }
    }
}
