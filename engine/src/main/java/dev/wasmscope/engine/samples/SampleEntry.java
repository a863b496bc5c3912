package dev.wasmscope.engine.samples;

import dev.wasmscope.engine.spi.WasiGrants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One sample as `index.json` has it; what is optional there may be null here.
record SampleEntry(
        String name,
        String title,
        String description,
        String language,
        String source,
        List<Sample.SuggestedCall> calls,
        @Nullable Map<String, String> links,
        @Nullable Wasi wasi) {
    record Wasi(List<String> arguments, Map<String, String> environment, String stdin) {}

    Sample sample() {
        return new Sample(
                name, title, description, language, source, calls, links == null ? Map.of() : links, grants());
    }

    private Optional<WasiGrants> grants() {
        return Optional.ofNullable(wasi)
                .map(given -> new WasiGrants(
                        given.arguments(),
                        given.environment(),
                        given.stdin().getBytes(StandardCharsets.UTF_8),
                        List.of()));
    }
}
