package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/// `env.abort`, by which AssemblyScript ends itself: message and file lie in memory as UTF-16 with their
/// length in bytes before them.
final class AbortHost implements HostModule {
    private static final int MOST = 4096;

    @Override
    public String name() {
        return "env";
    }

    @Override
    public List<HostFunction> functions() {
        var type = new FunctionType(Collections.nCopies(4, ValueType.I32), List.of());
        return List.of(new HostFunction("abort", type, (memory, arguments) -> {
            throw new IllegalStateException("abort: %s in %s, line %s"
                    .formatted(
                            text(memory, arguments.getFirst().asI32()),
                            text(memory, arguments.get(1).asI32()),
                            arguments.get(2)));
        }));
    }

    private static String text(GuestMemory memory, int address) {
        var start = Integer.toUnsignedLong(address);
        if (start < 4) {
            return "(no text)";
        }
        var length = ByteBuffer.wrap(memory.read(start - 4, 4))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return new String(memory.read(start, Math.clamp(length, 0, MOST)), StandardCharsets.UTF_16LE);
    }
}
