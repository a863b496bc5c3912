package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.types.ExternalType;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.MemoryKind;
import java.util.List;
import java.util.Map;

/// Finds the instruction at which compiled code trapped.
///
/// Compiled code does not know it, so the call is made again by the interpreter, on a twin that starts from the
/// state before the call. That has no effect outside the twin: its imports are stubs, and a call that reached the
/// host is not replayed.
final class Replay {
    private final ChicoryRuntime.Prepared prepared;
    private final InstantiationRequest request;
    private final HeapBudget budget;

    Replay(ChicoryRuntime.Prepared prepared, InstantiationRequest request, HeapBudget budget) {
        this.prepared = prepared;
        this.request = new InstantiationRequest(
                request.module(), MemoryKind.TRACKED, request.limits(), List.of(), Map.of(), true);
        this.budget = budget;
    }

    /// Whether everything a twin needs is in the module itself.
    static boolean possible(ChicoryRuntime.Prepared prepared) {
        var imports = prepared.module().importSection();
        return prepared.code() != null && imports.importCount() == imports.count(ExternalType.FUNCTION);
    }

    /// @param logs what the call overwrote, by what was recorded, in the order of `original`
    /// @return the trap with offsets, or as it was when the replay ended in another way
    CallOutcome.Trapped locate(
            CallOutcome.Trapped seen, List<Recorded> original, Map<Recorded, Recorded.Log> logs, CallRequest call) {
        var assembly = new Assembly(prepared.interpreted(), request, budget);
        try (var twin = assembly.build()) {
            for (int i = 0; i < original.size(); i++) {
                var log = logs.get(original.get(i));
                if (log == null || log.lost()) {
                    return seen;
                }
                log.copyTo(twin.recorded().get(i), twin.instance());
            }
            if (twin.call(call) instanceof CallOutcome.Trapped again
                    && again.reason().equals(seen.reason())) {
                var address = seen.address().isPresent() ? seen.address() : again.address();
                return new CallOutcome.Trapped(
                        seen.reason(), again.offset(), address, again.backtrace(), seen.elapsed());
            }
            return seen;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // No heap for a twin, or a start function that wants its host: the trap stays as it was seen.
            assembly.abandon();
            return seen;
        }
    }
}
