package dev.wasmscope.app.shell;

import dev.wasmscope.engine.binary.ModuleFacts.ExportFact;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What the palette finds: commands, exports and functions of the open modules, addresses.
///
/// Entries are made only for what is shown; names are scored where they lie, so that tens of thousands of
/// functions cost a few milliseconds a keystroke.
final class PaletteSearch {
    private static final String ONLY_COMMANDS = ">";

    /// Of equal hits commands come first.
    private static final int COMMAND = 7;

    private static final int EXPORT = 4;

    private final WindowWorkbench workbench;
    private final Workspace workspace;

    PaletteSearch(WindowWorkbench workbench, Workspace workspace) {
        this.workbench = workbench;
        this.workspace = workspace;
    }

    /// The best first.
    List<PaletteEntry> find(String typed) {
        var onlyCommands = typed.startsWith(ONLY_COMMANDS);
        var query = (onlyCommands ? typed.substring(1) : typed).strip().toLowerCase(Locale.ROOT);
        var best = new Best();
        for (var command : workbench.commands().all()) {
            best.offer(Fuzzy.score(query, command.title()), COMMAND, command);
        }
        if (!onlyCommands) {
            for (var document : workspace.modules()) {
                document.facts().ifPresent(facts -> {
                    var active = document == workspace.activeProperty().get() ? 2 : 0;
                    for (var export : facts.exports()) {
                        if (export.kind() == ExternKind.FUNCTION) {
                            best.offer(
                                    Fuzzy.score(query, export.name()), EXPORT + active, new Exported(document, export));
                        }
                    }
                    for (var function : facts.functions()) {
                        best.offer(Fuzzy.score(query, function.name()), active, new Inside(document, function));
                    }
                });
            }
        }
        var entries = new ArrayList<PaletteEntry>();
        address(query).ifPresent(at -> addressEntry(at, entries));
        best.inOrder().forEach(target -> entries.add(entry(target)));
        return entries;
    }

    private record Exported(ModuleDocument document, ExportFact export) {}

    private record Inside(ModuleDocument document, FunctionFact function) {}

    private PaletteEntry entry(Object target) {
        return switch (target) {
            case Command command ->
                new PaletteEntry(
                        command.title(),
                        command.menu().isEmpty() ? "Command" : command.menu(),
                        Commands.keyText(command),
                        Icons::command,
                        () -> Commands.run(command));
            case Exported(var document, var export) ->
                new PaletteEntry(
                        export.name(),
                        "export of " + document.name() + "  " + export.type(),
                        "",
                        Icons::exports,
                        () -> workbench.go(new Location.Export(document, export.name())));
            case Inside(var document, var function) ->
                new PaletteEntry(
                        function.name(),
                        "func %d of %s  %s".formatted(function.index(), document.name(), function.type()),
                        "",
                        function.imported() ? Icons::importedFunction : Icons::function,
                        () -> workbench.go(new Location.Function(document, function.index(), OptionalLong.empty())));
            default -> throw new IllegalStateException("Nothing leads to " + target);
        };
    }

    private void addressEntry(long address, List<PaletteEntry> into) {
        var document = workspace.activeProperty().get();
        if (document != null) {
            into.add(new PaletteEntry(
                    "Go to address 0x%08x".formatted(address),
                    "memory of " + document.name(),
                    "",
                    Icons::memory,
                    () -> workbench.go(new Location.Memory(document, 0, address, 0))));
        }
    }

    /// `0x400` or `1024`.
    private static OptionalLong address(String query) {
        try {
            if (query.startsWith("0x")) {
                return OptionalLong.of(Long.parseLong(query.substring(2), 16));
            }
            return query.isEmpty() || !Character.isDigit(query.charAt(0))
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(query));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
