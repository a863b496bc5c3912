package dev.wasmscope.engine.binary;

import org.jspecify.annotations.Nullable;

/// The known sections, in the order in which a module must have them.
enum SectionKind {
    TYPE(1, "type"),
    IMPORT(2, "import"),
    FUNCTION(3, "function"),
    TABLE(4, "table"),
    MEMORY(5, "memory"),
    TAG(13, "tag"),
    GLOBAL(6, "global"),
    EXPORT(7, "export"),
    START(8, "start"),
    ELEMENT(9, "element"),
    DATA_COUNT(12, "data count"),
    CODE(10, "code"),
    DATA(11, "data");

    private final int id;
    private final String keyword;

    SectionKind(int id, String keyword) {
        this.id = id;
        this.keyword = keyword;
    }

    static @Nullable SectionKind of(int id) {
        for (var kind : values()) {
            if (kind.id == id) {
                return kind;
            }
        }
        return null;
    }

    int id() {
        return id;
    }

    String keyword() {
        return keyword;
    }

    /// `the code section`.
    String title() {
        return "the " + keyword + " section";
    }
}
