package dev.wasmscope.app.cli;

import dev.wasmscope.engine.binary.DisasmVerb;
import dev.wasmscope.engine.binary.InspectVerb;
import dev.wasmscope.engine.report.LatencyVerb;
import dev.wasmscope.engine.samples.SamplesVerb;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.wasm.InvokeVerb;
import java.util.List;

/// Every verb there is, in the order of the help.
final class Verbs {
    private Verbs() {}

    static List<Verb> all() {
        return List.of(new SamplesVerb(), new InspectVerb(), new DisasmVerb(), new InvokeVerb(), new LatencyVerb());
    }
}
