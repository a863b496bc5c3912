package hello;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.VerbProvider;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.util.List;

/// The verb `hello FILE [EXPORT]`. The description names it; this class is loaded when it runs.
public final class HelloVerbs implements VerbProvider {
    @Override
    public List<Verb> verbs(Engine engine) {
        return List.of(new HelloVerb(engine));
    }

    private record HelloVerb(Engine engine) implements Verb {
        @Override
        public String name() {
            return "hello";
        }

        @Override
        public String summary() {
            return "Run an export of a module that may call hello.say.";
        }

        @Override
        public int run(List<String> arguments, Terminal terminal) {
            if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
                terminal.err().println("Usage: wasmscope hello FILE [EXPORT]");
                return 2;
            }
            try {
                var module = engine.read(arguments.getFirst());
                var said = new Hello(text -> terminal.out().println("The module says: " + text));
                var request = HostingRequest.of(module, module.name(), said).withWasi(WasiGrants.NONE);
                try (var instance = engine.host(request)) {
                    if (arguments.size() < 2) {
                        instance.exports().forEach(export -> terminal.out().println(export.name()));
                        return 0;
                    }
                    return show(instance.call(CallRequest.of(arguments.get(1))), terminal);
                }
            } catch (IOException | InstantiationFailedException e) {
                terminal.err().println(e.getMessage());
                return 2;
            }
        }

        private static int show(CallOutcome outcome, Terminal terminal) {
            terminal.out().println(outcome);
            return switch (outcome) {
                case CallOutcome.Returned _, CallOutcome.Exited _ -> 0;
                case CallOutcome.Rejected _ -> 2;
                case CallOutcome.Trapped _ -> 3;
                case CallOutcome.TimedOut _ -> 4;
            };
        }
    }
}
