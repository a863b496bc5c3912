package dev.wasmscope.engine.spi;

import java.util.List;

/// A live instance as its owner thread sees it.
public interface GuestInstance extends AutoCloseable {
    List<ExportInfo> exports();

    /// Interrupting the thread ends the guest with [CallOutcome.TimedOut].
    CallOutcome call(CallRequest request);

    List<? extends GuestMemory> memories();

    List<GlobalValue> globals();

    @Override
    void close();
}
