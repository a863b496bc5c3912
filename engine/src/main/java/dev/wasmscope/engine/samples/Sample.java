package dev.wasmscope.engine.samples;

import dev.wasmscope.engine.spi.WasiGrants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the catalogue says about one sample.
///
/// @param name as in `sample:NAME`
/// @param title for people
/// @param description one sentence
/// @param language it is written in: `WAT`, `C`, `Rust`
/// @param source its path below `sample-wasm/src`
/// @param calls worth trying, the best first
/// @param links import module name -> the sample whose exports satisfy it
/// @param wasi for a WASI command: what to give it so that it has something to show
public record Sample(
        String name,
        String title,
        String description,
        String language,
        String source,
        List<SuggestedCall> calls,
        Map<String, String> links,
        Optional<WasiGrants> wasi) {
    public Sample {
        calls = List.copyOf(calls);
        links = Map.copyOf(links);
    }

    /// @param arguments as a person would type them: `-1`, `0x20`, `0.1`
    /// @param shows what there is to see, as a sentence
    public record SuggestedCall(String export, List<String> arguments, String shows) {
        public SuggestedCall {
            arguments = List.copyOf(arguments);
        }
    }
}
