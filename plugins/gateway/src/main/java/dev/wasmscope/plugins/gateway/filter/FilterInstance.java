package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One instance of a filter, for one request at a time.
final class FilterInstance {
    private static final int HIGHEST_RESULT = 9;

    private final HostedInstance guest;
    private final EasegressHost host;
    private final Duration timeout;
    private final String title;
    /// One at a time runs.
    private final Map<String, CallRequest> calls = new HashMap<>();

    private FilterInstance(HostedInstance guest, EasegressHost host, Duration timeout, String title) {
        this.guest = guest;
        this.host = host;
        this.timeout = timeout;
        this.title = title;
    }

    /// Brings one to life and hands it its parameters.
    static FilterInstance of(
            Engine engine, ModuleSource module, FilterSpec spec, SharedData data, FilterLog log, String title)
            throws FilterRefusedException {
        var strings = new GuestStrings(spec.timeout());
        var host = new EasegressHost(strings, data, log);
        var request = HostingRequest.of(module, title, host, new AbortHost())
                .withLimits(spec.limits())
                .withMemory(spec.memoryKind())
                .withWasi(WasiGrants.NONE);
        HostedInstance guest;
        try {
            guest = engine.host(request);
        } catch (InstantiationFailedException e) {
            throw new FilterRefusedException(
                    "%s cannot be brought to life: %s.".formatted(module.name(), Reasons.of(e.outcome())), e);
        }
        strings.bind(guest);
        var instance = new FilterInstance(guest, host, spec.timeout(), title);
        try {
            instance.initialize(module, spec, strings);
        } catch (FilterRefusedException e) {
            guest.close();
            throw e;
        }
        return instance;
    }

    private void initialize(ModuleSource module, FilterSpec spec, GuestStrings strings) throws FilterRefusedException {
        // Before anything is called: what is missing is said by its name.
        FilterTraits.of(module, guest.exports(), spec);
        if (!FilterTraits.has(guest.exports(), "wasm_init")) {
            return;
        }
        var texts = new ArrayList<String>();
        spec.parameters().forEach((key, value) -> {
            texts.add(key);
            texts.add(value);
        });
        try {
            var address = strings.give(guest.memory(), texts);
            var outcome = guest.call(CallRequest.of("wasm_init", Value.i32(address)));
            if (!(outcome instanceof CallOutcome.Returned)) {
                throw new FilterRefusedException(
                        "wasm_init of %s failed: %s.".formatted(module.name(), Reasons.of(outcome)));
            }
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            throw new FilterRefusedException("%s takes no parameters: %s".formatted(module.name(), e.getMessage()), e);
        }
    }

    private CallRequest request(String export) {
        return new CallRequest(export, List.of(), Optional.of(timeout));
    }

    List<ExportInfo> exports() {
        return guest.exports();
    }

    String title() {
        return title;
    }

    HostedInstance guest() {
        return guest;
    }

    /// On the caller's thread.
    FilterOutcome run(String export, Exchange exchange) {
        host.begin(exchange);
        try {
            return outcome(export, guest.call(calls.computeIfAbsent(export, this::request)));
        } catch (RuntimeException e) {
            // The runtime's own failure is one of this request, too.
            return new FilterOutcome.WasmError("%s failed: %s.".formatted(export, e), false);
        } finally {
            host.end();
        }
    }

    private static FilterOutcome outcome(String export, CallOutcome outcome) {
        if (outcome instanceof CallOutcome.Returned(var results, var _) && results.size() == 1) {
            var code = results.getFirst().asI32();
            if (code == 0) {
                return new FilterOutcome.Continue();
            }
            if (code > 0 && code <= HIGHEST_RESULT) {
                return new FilterOutcome.Result(code);
            }
            return new FilterOutcome.WasmError(
                    "%s returned %d: results are 0 to %d.".formatted(export, code, HIGHEST_RESULT), false);
        }
        return new FilterOutcome.WasmError(
                "%s failed: %s.".formatted(export, Reasons.of(outcome)), outcome instanceof CallOutcome.TimedOut);
    }

    void close() {
        guest.close();
    }
}
