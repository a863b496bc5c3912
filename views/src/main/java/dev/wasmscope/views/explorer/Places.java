package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Where a row of the tree or of a table leads.
final class Places {
    private Places() {}

    /// Where Enter leads.
    static Optional<Location> of(Entry entry) {
        return switch (entry) {
            case Entry.Module(var module)
            when module.factsProperty().get() instanceof Facts.Malformed -> Optional.of(ofInterest(module));
            case Entry.Problem(var module, var _)
            when module.factsProperty().get() instanceof Facts.Malformed -> Optional.of(ofInterest(module));
            case Entry.Import(var module, var fact, var _) -> ofImport(module, fact.kind(), fact.index());
            case Entry.Export(var module, var fact) ->
                switch (fact.kind()) {
                    case FUNCTION -> Optional.of(new Location.Export(module, fact.name()));
                    case MEMORY -> Optional.of(new Location.Memory(module, fact.index(), 0, 0));
                    case GLOBAL -> ofGlobal(module, fact.index());
                    case TABLE -> section(module, 4);
                    case TAG -> section(module, 13);
                };
            case Entry.Function(var module, var fact) when !fact.imported() -> Optional.of(code(module, fact.index()));
            case Entry.Function(var module, var fact) -> ofImport(module, ExternKind.FUNCTION, fact.index());
            case Entry.Memory(var module, var fact) -> Optional.of(new Location.Memory(module, fact.index(), 0, 0));
            case Entry.Global(var module, var fact) -> ofGlobal(module, fact.index());
            case Entry.Data(var module, var fact)
            when fact.address().isPresent() ->
                Optional.of(new Location.Memory(
                        module, fact.memory(), fact.address().get(), fact.length()));
            case Entry.Table(var module, var _) -> section(module, 4);
            case Entry.Data _, Entry.Element _, Entry.Custom _ -> inFile(entry);
            default -> Optional.empty();
        };
    }

    /// The bytes in the file that a row was read from.
    static Optional<Location> inFile(Entry entry) {
        return switch (entry) {
            case Entry.Function(var module, var fact)
            when !fact.imported() -> Optional.of(new Location.FileBytes(module, fact.codeOffset(), fact.bodySize()));
            case Entry.Data(var module, var fact) ->
                Optional.of(new Location.FileBytes(module, fact.fileOffset(), fact.length()));
            case Entry.Element(var module, var fact) ->
                Optional.of(new Location.FileBytes(module, fact.fileOffset(), 0));
            case Entry.Custom(var module, var fact) ->
                Optional.of(new Location.FileBytes(module, fact.offset(), fact.size()));
            case Entry.Group(var module, var kind, var _) ->
                switch (kind) {
                    case IMPORTS -> section(module, 2);
                    case EXPORTS -> section(module, 7);
                    case FUNCTIONS -> section(module, 10);
                    case MEMORIES -> section(module, 5);
                    case TABLES -> section(module, 4);
                    case GLOBALS -> section(module, 6);
                    case DATA -> section(module, 11);
                    case ELEMENTS -> section(module, 9);
                    case CUSTOM -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /// @param index in the index space of its kind, where imports come first
    private static Optional<Location> ofImport(ModuleDocument module, ExternKind kind, int index) {
        var imports = module.facts().map(ModuleFacts::imports).orElse(List.of());
        return IntStream.range(0, imports.size())
                .filter(i -> imports.get(i).kind() == kind && imports.get(i).index() == index)
                .<Location>mapToObj(i -> new Location.Import(module, i))
                .findFirst();
    }

    static Location code(ModuleDocument module, int function) {
        return new Location.Function(module, function, OptionalLong.empty());
    }

    /// A constant `i32` global most often is an address; any other leads to where globals are defined.
    private static Optional<Location> ofGlobal(ModuleDocument module, int index) {
        var facts = module.facts();
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        var address = GlobalAddress.of(facts.get().globals().get(index));
        return address.isPresent() && !facts.get().memories().isEmpty()
                ? Optional.of(new Location.Memory(module, 0, address.getAsLong(), 0))
                : section(module, 6);
    }

    private static Optional<Location> section(ModuleDocument module, int id) {
        return module.facts()
                .flatMap(facts -> facts.sections().stream()
                        .filter(section -> section.id() == id)
                        .findFirst())
                .map(section -> new Location.FileBytes(module, section.offset(), section.size()));
    }

    /// The start of a module's file, or where reading it failed.
    static Location ofInterest(ModuleDocument module) {
        var offset = module.factsProperty().get() instanceof Facts.Malformed(var _, var at) ? at : 0;
        var last = Math.max(0, module.source().bytes().length - 1);
        return new Location.FileBytes(module, Math.clamp(offset, 0, last), 0);
    }
}
