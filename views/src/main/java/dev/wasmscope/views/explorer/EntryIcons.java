package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.control.Icons;
import javafx.scene.Node;

/// The icon of a row.
final class EntryIcons {
    private EntryIcons() {}

    static Node of(Entry entry) {
        return switch (entry) {
            case Entry.Module module -> module.broken() ? Icons.brokenModule() : Icons.module();
            case Entry.Group(var _, var kind, var _) -> of(kind);
            case Entry.ImportModule _ -> Icons.folder();
            case Entry.Import row -> ofImport(row.fact().kind());
            case Entry.Export row -> of(row.fact().kind());
            case Entry.Function row -> row.fact().imported() ? Icons.importedFunction() : Icons.function();
            case Entry.FunctionRange _ -> Icons.functions();
            case Entry.Memory _ -> Icons.memory();
            case Entry.Table _ -> Icons.table();
            case Entry.Global _ -> Icons.global();
            case Entry.Data _ -> Icons.segments();
            case Entry.Element _ -> Icons.table();
            case Entry.Custom _ -> Icons.tag();
            case Entry.Problem _ -> Icons.failure();
            case Entry.More _ -> Icons.more();
            case Entry.Samples _ -> Icons.samples();
            case Entry.Sample _ -> Icons.sample();
        };
    }

    static Node of(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> Icons.function();
            case MEMORY -> Icons.memory();
            case TABLE -> Icons.table();
            case GLOBAL -> Icons.global();
            case TAG -> Icons.tag();
        };
    }

    static Node ofImport(ExternKind kind) {
        return kind == ExternKind.FUNCTION ? Icons.importedFunction() : of(kind);
    }

    private static Node of(Entry.Kind kind) {
        return switch (kind) {
            case IMPORTS -> Icons.imports();
            case EXPORTS -> Icons.exports();
            case FUNCTIONS -> Icons.functions();
            case MEMORIES -> Icons.memories();
            case TABLES -> Icons.table();
            case GLOBALS -> Icons.global();
            case DATA, ELEMENTS -> Icons.segments();
            case CUSTOM -> Icons.custom();
        };
    }
}
