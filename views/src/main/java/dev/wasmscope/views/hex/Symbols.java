package dev.wasmscope.views.hex;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names by which places in a memory are known.
final class Symbols {
    private Symbols() {}

    static List<Symbol> of(OpenModule module, SessionInfo info, List<GlobalValue> globals, int memory) {
        var symbols = new ArrayList<Symbol>();
        globals.forEach(global -> symbols.add(global(global.name(), global)));
        for (var export : info.exports()) {
            switch (export.kind()) {
                case GLOBAL ->
                    globals.stream()
                            .filter(g ->
                                    g.index() == export.index() && !g.name().equals(export.name()))
                            .findFirst()
                            .ifPresent(g -> symbols.add(global(export.name(), g)));
                case MEMORY -> {
                    if (export.index() == memory) {
                        symbols.add(Symbol.at(export.name(), "memory", 0, 0));
                    }
                }
                default -> symbols.add(Symbol.nowhere(export.name(), kind(export.kind())));
            }
        }
        if (module instanceof ModuleDocument document) {
            document.facts().ifPresent(facts -> segments(facts, memory, symbols));
        }
        return List.copyOf(symbols);
    }

    /// A pointer's value is its place: `heap_base`, `__stack_pointer`.
    private static Symbol global(String name, GlobalValue global) {
        var address = switch (global.value().type().kind()) {
            case I32 -> Optional.of(Integer.toUnsignedLong(global.value().asI32()));
            case I64 -> Optional.of(global.value().asI64());
            case F32, F64, V128, REFERENCE -> Optional.<Long>empty();
        };
        return address.map(a -> Symbol.at(name, "global", a, 0))
                .orElseGet(() ->
                        Symbol.nowhere(name, "global of type " + global.value().type()));
    }

    private static void segments(ModuleFacts facts, int memory, List<Symbol> symbols) {
        for (var segment : facts.data()) {
            if (segment.memory() == memory && segment.address().isPresent()) {
                symbols.add(Symbol.at(
                        segment.name(), "data segment", segment.address().get(), segment.length()));
            }
        }
    }

    private static String kind(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> "function";
            case TABLE -> "table";
            case MEMORY -> "memory";
            case GLOBAL -> "global";
            case TAG -> "tag";
        };
    }
}
