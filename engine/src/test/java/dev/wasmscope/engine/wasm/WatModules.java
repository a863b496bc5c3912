package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.ModuleSource;

/// [Wat] for tests of other packages.
public final class WatModules {
    private WatModules() {}

    public static ModuleSource module(String text) {
        return Wat.module(text);
    }
}
