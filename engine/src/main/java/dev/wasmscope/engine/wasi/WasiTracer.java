package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasi.WasiExitException;
import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiCall.Argument;
import dev.wasmscope.engine.spi.WasiCall.Outcome;
import dev.wasmscope.engine.spi.WasiGrants;
import java.util.List;

/// Writes down the WASI calls of one session while it is switched on.
public final class WasiTracer {
    private final WasiTraceRing ring = new WasiTraceRing();
    private final long opened = System.nanoTime();
    private volatile boolean on;
    private WasiGrants grants = WasiGrants.NONE;
    private WasiDescriptors descriptors = new WasiDescriptors(WasiGrants.NONE);

    public WasiTracer(boolean on) {
        this.on = on;
    }

    /// From any thread; counts from the guest's next call on.
    public void switchOn(boolean wanted) {
        on = wanted;
    }

    public WasiTraceRing ring() {
        return ring;
    }

    /// What the guest was given, for names of descriptors. Before the guest runs.
    void begin(WasiGrants given) {
        grants = given;
        descriptors = new WasiDescriptors(given);
    }

    /// Switched off it costs one look at a flag.
    ImportFunction around(ImportFunction function) {
        var inner = function.handle();
        var width = function.functionType().params().size();
        var signature = WasiSignature.of(function.name(), width);
        return new ImportFunction(
                function.module(),
                function.name(),
                function.functionType(),
                (instance, raw) -> on ? traced(signature, inner, instance, raw) : inner.apply(instance, raw));
    }

    private long[] traced(WasiSignature signature, WasmFunctionHandle inner, Instance instance, long[] raw) {
        var decoder = new WasiDecoder(signature, raw, new GuestBytes(instance.memory()), descriptors, grants);
        var arguments = decoder.before();
        var at = System.nanoTime();
        long[] results;
        try {
            results = inner.apply(instance, raw);
        } catch (RuntimeException e) {
            var how = e instanceof WasiExitException exit ? "exit " + exit.exitCode() : String.valueOf(e.getMessage());
            add(signature, arguments, at, System.nanoTime() - at, new Outcome.Ended(how), 0);
            throw e;
        }
        var nanos = System.nanoTime() - at;
        var code = results == null || results.length == 0 ? 0 : (int) results[0];
        if (code == 0) {
            decoder.follow();
            add(signature, decoder.after(arguments), at, nanos, errno(code), decoder.moved());
        } else {
            add(signature, arguments, at, nanos, errno(code), 0);
        }
        return results;
    }

    /// Writes down a call of a function that is none of WASI's, whether it is switched on or not.
    ///
    /// @param at when it was called, as [System#nanoTime()] has it
    public void write(String function, List<Argument> arguments, long at, Outcome outcome, long moved) {
        ring.add(new WasiCall(ring.next(), at - opened, function, arguments, outcome, System.nanoTime() - at, moved));
    }

    private static Outcome errno(int code) {
        return new Outcome.Errno(code, WasiNames.errno(code));
    }

    private void add(
            WasiSignature signature, List<Argument> arguments, long at, long nanos, Outcome outcome, long moved) {
        ring.add(new WasiCall(ring.next(), at - opened, signature.function(), arguments, outcome, nanos, moved));
    }
}
