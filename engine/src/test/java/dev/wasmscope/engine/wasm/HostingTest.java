package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/// An engine as hosts have it, and a guest that counts.
abstract class HostingTest {
    static final FunctionType NOTHING = new FunctionType(List.of(), List.of());

    final HostEngine engine = new HostEngine(Runtimes.builtIn());

    @AfterEach
    void close() {
        engine.close();
    }

    record Host(String name, List<HostFunction> functions) implements HostModule {
        static Host of(String function, FunctionType type, HostFunction.Body body) {
            return new Host("host", List.of(new HostFunction(function, type, body)));
        }
    }

    HostedInstance host(String text, HostModule... hosts) throws InstantiationFailedException {
        return engine.host(HostingRequest.of(Wat.module(text), "test", hosts));
    }

    static CallRequest within(Duration deadline, String export) {
        return new CallRequest(export, List.of(), Optional.of(deadline));
    }

    static final String COUNTER = """
            (module (memory (export "memory") 1)
              (func (export "count") (result i32)
                (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
                (i32.load (i32.const 16)))
              (func (export "trap") unreachable)
              (func (export "loop") (loop $l (br $l))))
            """;
}
