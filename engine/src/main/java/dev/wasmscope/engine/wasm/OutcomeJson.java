package dev.wasmscope.engine.wasm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.spi.WasiTrace;
import dev.wasmscope.engine.wasi.WasiText;

/// The JSON that scripts rely on.
final class OutcomeJson {
    private OutcomeJson() {}

    static ObjectNode of(CallOutcome outcome) {
        var mapper = new ObjectMapper();
        var node = mapper.createObjectNode();
        node.put("outcome", name(outcome));
        var results = node.putArray("results");
        node.putNull("exitCode");
        node.putNull("reason");
        var backtrace = node.putArray("backtrace");
        node.put("nanos", outcome.elapsed().toNanos());
        switch (outcome) {
            case CallOutcome.Returned returned -> returned.results().forEach(value -> add(results, value));
            case CallOutcome.Trapped trapped -> {
                node.put("reason", trapped.reason());
                trapped.offset().ifPresent(offset -> node.put("offset", offset));
                trapped.address().ifPresent(address -> node.put("address", address));
            }
            case CallOutcome.TimedOut late -> node.put("reason", Sentences.of(late));
            case CallOutcome.Rejected rejected -> node.put("reason", rejected.reason());
            case CallOutcome.Exited exited -> node.put("exitCode", exited.code());
        }
        for (var frame : OutcomeText.backtrace(outcome)) {
            var line = backtrace.addObject().put("function", frame.function()).put("name", frame.name());
            frame.offset().ifPresent(offset -> line.put("offset", offset));
        }
        return node;
    }

    /// Numbers where JSON has them; `nan`, `inf`, vectors and references as text.
    private static void add(ArrayNode results, Value value) {
        switch (value.type().kind()) {
            case I32 -> results.add(value.asI32());
            case I64 -> results.add(value.asI64());
            case F32 -> {
                if (Float.isFinite(value.asF32())) {
                    results.add(value.asF32());
                } else {
                    results.add(value.toString());
                }
            }
            case F64 -> {
                if (Double.isFinite(value.asF64())) {
                    results.add(value.asF64());
                } else {
                    results.add(value.toString());
                }
            }
            case V128, REFERENCE -> results.add(value.toString());
        }
    }

    private static String name(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned _ -> "returned";
            case CallOutcome.Trapped _ -> "trapped";
            case CallOutcome.TimedOut _ -> "timed-out";
            case CallOutcome.Rejected _ -> "rejected";
            case CallOutcome.Exited _ -> "exited";
        };
    }

    static void add(ObjectNode node, WasiTrace trace) {
        node.put("wasiCallsDropped", trace.from() - 1);
        var calls = node.putArray("wasiCalls");
        for (var call : trace.calls()) {
            var line = calls.addObject()
                    .put("number", call.number())
                    .put("atNanos", call.at())
                    .put("function", call.function());
            var arguments = line.putArray("arguments");
            call.arguments()
                    .forEach(argument -> arguments
                            .addObject()
                            .put("name", argument.name())
                            .put("raw", argument.raw())
                            .put("text", WasiText.of(argument.value())));
            switch (call.outcome()) {
                case WasiCall.Outcome.Errno(var code, var name) ->
                    line.put("errno", code).put("result", name);
                case WasiCall.Outcome.Gave(var values) -> line.putNull("errno").put("result", values);
                case WasiCall.Outcome.Ended(var how) -> line.putNull("errno").put("result", how);
            }
            line.put("nanos", call.nanos()).put("bytes", call.moved());
        }
    }
}
