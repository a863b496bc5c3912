package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.ValueType;
import java.util.List;

/// What a module's imports and exports say about when it has to run and which bodies it has to see. A body that the
/// module cannot ask for streams past it.
///
/// @param onResponse the export to call when the upstream server has answered; empty for none
record FilterTraits(boolean onRequest, String onResponse, boolean readsRequest, boolean readsResponse) {
    /// Easegress's entry.
    static final String RUN = "wasm_run";

    /// Wasmscope's own, optional: a filter before the upstream server that wants to see the answer, too.
    static final String RUN_ON_RESPONSE = "wasm_run_response";

    static FilterTraits of(ModuleSource module, List<ExportInfo> exports, FilterSpec spec)
            throws FilterRefusedException {
        require(module, exports, RUN, List.of(), List.of(ValueType.I32));
        require(module, exports, "wasm_alloc", List.of(ValueType.I32), List.of(ValueType.I32));
        require(module, exports, "wasm_free", List.of(ValueType.I32), List.of());
        var second = has(exports, RUN_ON_RESPONSE);
        if (second) {
            require(module, exports, RUN_ON_RESPONSE, List.of(), List.of(ValueType.I32));
        }
        var imports = ModuleImports.functionsOf(module.bytes(), EasegressHost.NAME);
        var before = spec.stage() == FilterSpec.Stage.REQUEST;
        var onResponse = before ? second ? RUN_ON_RESPONSE : "" : RUN;
        return new FilterTraits(
                before,
                onResponse,
                // Also where it is asked for with the response: it has passed by then.
                imports.contains("host_req_get_body"),
                !onResponse.isEmpty() && imports.contains("host_resp_get_body"));
    }

    static boolean has(List<ExportInfo> exports, String name) {
        return exports.stream().anyMatch(export -> export.name().equals(name));
    }

    private static void require(
            ModuleSource module,
            List<ExportInfo> exports,
            String name,
            List<ValueType> parameters,
            List<ValueType> results)
            throws FilterRefusedException {
        var type = new FunctionType(parameters, results);
        var found = exports.stream()
                .filter(export -> export.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FilterRefusedException(
                        "%s exports no function %s: a filter needs wasm_run, wasm_alloc and wasm_free."
                                .formatted(module.name(), name)));
        if (!found.function().filter(type::equals).isPresent()) {
            throw new FilterRefusedException("%s exports %s as %s, but a filter's is a function %s."
                    .formatted(
                            module.name(),
                            name,
                            found.function().map(FunctionType::toString).orElse("no function"),
                            type));
        }
    }
}
