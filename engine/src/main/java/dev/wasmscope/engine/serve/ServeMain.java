package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.spi.Verb;
import java.util.List;

/// The process behind [ServedRedis].
final class ServeMain {
    private ServeMain() {}

    public static void main(String[] arguments) {
        System.exit(new ServeVerb().run(List.of(arguments), new Verb.Terminal(System.in, System.out, System.err)));
    }
}
