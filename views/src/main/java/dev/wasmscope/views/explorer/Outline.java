package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFacts.ImportFact;
import dev.wasmscope.engine.binary.ModuleFacts.Section;
import dev.wasmscope.views.explorer.Entry.Kind;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Which rows of the modules tree lie below which. Children are made when asked for: a module may have 100,000
/// functions.
final class Outline {
    static final int FUNCTIONS_A_ROW = 1000;

    private Outline() {}

    static boolean leaf(Entry entry) {
        return switch (entry) {
            case Entry.Module _ -> children(entry).isEmpty();
            case Entry.Group group -> group.count() == 0;
            case Entry.ImportModule _, Entry.FunctionRange _, Entry.Samples _ -> false;
            default -> true;
        };
    }

    /// Rows below an entry that belongs to a module; samples are listed by their owner.
    static List<Entry> children(Entry entry) {
        return switch (entry) {
            case Entry.Module(var module) -> ofModule(module);
            case Entry.Group(var module, var kind, var _) ->
                module.facts().map(facts -> ofGroup(module, kind, facts)).orElse(List.of());
            case Entry.ImportModule(var module, var name, var _) ->
                module.facts()
                        .map(facts -> facts.imports().stream()
                                .filter(wanted -> wanted.module().equals(name))
                                .<Entry>map(wanted -> new Entry.Import(module, wanted, false))
                                .toList())
                        .orElse(List.of());
            case Entry.FunctionRange(var module, var from, var to) ->
                module.facts()
                        .map(facts ->
                                entries(facts.functions().subList(from, to), fact -> new Entry.Function(module, fact)))
                        .orElse(List.of());
            default -> List.of();
        };
    }

    private static List<Entry> ofModule(ModuleDocument module) {
        return switch (module.factsProperty().get()) {
            case Facts.Reading _ -> List.of();
            case Facts.Malformed(var reason, var _) -> List.of(new Entry.Problem(module, reason));
            case Facts.Read(var facts) -> ofFacts(module, facts);
        };
    }

    private static List<Entry> ofFacts(ModuleDocument module, ModuleFacts facts) {
        var rows = new ArrayList<Entry>();
        if (module.validationProperty().get() instanceof Validation.Invalid(var reason)) {
            rows.add(new Entry.Problem(module, reason));
        }
        if (module.sessionStateProperty().get() instanceof SessionState.Failed(var reason, var _)) {
            rows.add(new Entry.Problem(module, reason));
        }
        for (var kind : Kind.values()) {
            var count = count(kind, facts);
            if (count > 0 || kind == Kind.EXPORTS || kind == Kind.FUNCTIONS) {
                rows.add(new Entry.Group(module, kind, count));
            }
        }
        return rows;
    }

    private static int count(Kind kind, ModuleFacts facts) {
        return switch (kind) {
            case IMPORTS -> facts.imports().size();
            case EXPORTS -> facts.exports().size();
            case FUNCTIONS -> facts.functions().size();
            case MEMORIES -> facts.memories().size();
            case TABLES -> facts.tables().size();
            case GLOBALS -> facts.globals().size();
            case DATA -> facts.data().size();
            case ELEMENTS -> facts.elements().size();
            case CUSTOM -> customSections(facts).size();
        };
    }

    private static List<Entry> ofGroup(ModuleDocument module, Kind kind, ModuleFacts facts) {
        return switch (kind) {
            case IMPORTS -> imports(module, facts.imports());
            case EXPORTS -> entries(facts.exports(), fact -> new Entry.Export(module, fact));
            case FUNCTIONS -> functions(module, facts);
            case MEMORIES -> entries(facts.memories(), fact -> new Entry.Memory(module, fact));
            case TABLES -> entries(facts.tables(), fact -> new Entry.Table(module, fact));
            case GLOBALS -> entries(facts.globals(), fact -> new Entry.Global(module, fact));
            case DATA -> entries(facts.data(), fact -> new Entry.Data(module, fact));
            case ELEMENTS -> entries(facts.elements(), fact -> new Entry.Element(module, fact));
            case CUSTOM -> entries(customSections(facts), fact -> new Entry.Custom(module, fact));
        };
    }

    /// By module name in the order of their first import; a module that gives one thing stands on one row with it.
    private static List<Entry> imports(ModuleDocument module, List<ImportFact> imports) {
        var byModule = new LinkedHashMap<String, List<ImportFact>>();
        imports.forEach(wanted -> byModule.computeIfAbsent(wanted.module(), _ -> new ArrayList<>())
                .add(wanted));
        return byModule.entrySet().stream()
                .<Entry>map(of -> of.getValue().size() == 1
                        ? new Entry.Import(module, of.getValue().getFirst(), true)
                        : new Entry.ImportModule(
                                module, of.getKey(), of.getValue().size()))
                .toList();
    }

    private static List<Entry> functions(ModuleDocument module, ModuleFacts facts) {
        var all = facts.functions();
        if (all.size() <= FUNCTIONS_A_ROW) {
            return entries(all, fact -> new Entry.Function(module, fact));
        }
        return IntStream.iterate(0, from -> from < all.size(), from -> from + FUNCTIONS_A_ROW)
                .<Entry>mapToObj(
                        from -> new Entry.FunctionRange(module, from, Math.min(from + FUNCTIONS_A_ROW, all.size())))
                .toList();
    }

    private static List<Section> customSections(ModuleFacts facts) {
        return facts.sections().stream().filter(Section::custom).toList();
    }

    private static <F> List<Entry> entries(List<F> facts, Function<F, Entry> entry) {
        return facts.stream().map(entry).toList();
    }
}
