package dev.wasmscope.engine.samples;

import java.util.List;

/// A sample that was not built, because its compiler is not installed.
///
/// @param install Debian packages that were missing
public record MissingSample(String name, String language, List<String> install) {
    public MissingSample {
        install = List.copyOf(install);
    }

    /// A sentence that says what to do.
    public String reason() {
        return "Sample %s is written in %s and was not built: install %s (apt-get install %s) and build again."
                .formatted(
                        name,
                        language,
                        install.size() == 1 ? "its compiler" : "its compilers",
                        String.join(" ", install));
    }
}
