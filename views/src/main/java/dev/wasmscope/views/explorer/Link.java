package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.spi.ExternKind;

/// One row of the table of imports and exports.
///
/// @param module the import's module name; empty for exports
/// @param index in the index space of its kind
/// @param type the full signature or the limits
record Link(Direction direction, String module, String name, ExternKind kind, int index, String type, Entry entry) {
    enum Direction {
        IMPORT("import"),
        EXPORT("export");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Link of(Entry.Import row) {
        var fact = row.fact();
        return new Link(Direction.IMPORT, fact.module(), fact.name(), fact.kind(), fact.index(), fact.type(), row);
    }

    static Link of(Entry.Export row) {
        var fact = row.fact();
        return new Link(Direction.EXPORT, "", fact.name(), fact.kind(), fact.index(), fact.type(), row);
    }

    boolean stub() {
        return entry instanceof Entry.Import row && row.stub();
    }

    String tsv() {
        return String.join("\t", direction.toString(), module, name, kind.toString(), Integer.toString(index), type);
    }
}
