package hello;

import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// What modules may import from `hello`: `say(address, length)`.
record Hello(Consumer<String> listener) implements HostModule {
    @Override
    public String name() {
        return "hello";
    }

    @Override
    public List<HostFunction> functions() {
        var type = new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of());
        return List.of(new HostFunction("say", type, (memory, arguments) -> {
            var address = arguments.get(0).low();
            var length = arguments.get(1).asI32();
            listener.accept(new String(memory.read(address, length), StandardCharsets.UTF_8));
            return List.of();
        }));
    }
}
