package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.binary.ModuleFiles;
import dev.wasmscope.engine.binary.UnreadableModuleException;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The engine as plugins see it. Closing it ends its thread; instances belong to their hosts.
public final class HostEngine implements Engine, AutoCloseable {
    private final List<WasmRuntime> runtimes;
    private final LeashWatch watch = new LeashWatch();
    private final AtomicInteger count = new AtomicInteger();

    /// @param runtimes the default first
    public HostEngine(List<WasmRuntime> runtimes) {
        this.runtimes = List.copyOf(runtimes);
    }

    @Override
    public ModuleSource read(String file) throws IOException {
        try {
            return ModuleFiles.read(file);
        } catch (UnreadableModuleException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<WasmRuntime> runtimes() {
        return runtimes;
    }

    @Override
    public HostedInstance host(HostingRequest request) throws InstantiationFailedException {
        var runtime =
                runtimes.stream().filter(r -> r.id().equals(request.runtime())).findFirst();
        if (runtime.isEmpty()) {
            var sentence = "There is no runtime \"%s\". There are: %s."
                    .formatted(
                            request.runtime(),
                            String.join(
                                    ", ", runtimes.stream().map(WasmRuntime::id).toList()));
            throw new InstantiationFailedException(new CallOutcome.Rejected(sentence), sentence);
        }
        return HostedGuest.start("hosted-" + count.incrementAndGet(), request, runtime.get(), watch);
    }

    @Override
    public void close() {
        watch.close();
    }
}
