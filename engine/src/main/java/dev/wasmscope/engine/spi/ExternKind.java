package dev.wasmscope.engine.spi;

import java.util.Locale;

/// What a module can import and export.
public enum ExternKind {
    FUNCTION("func"),
    TABLE("table"),
    MEMORY("memory"),
    GLOBAL("global"),
    TAG("tag");

    private final String keyword;

    ExternKind(String keyword) {
        this.keyword = keyword;
    }

    /// As the text format writes it.
    public String keyword() {
        return keyword;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
