package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.explorer.Entry.Kind;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/// What the modules tree shows and does.
final class ModulesViewModel {
    private final Workspace workspace;
    private final Workbench workbench;
    private final List<Entry.Sample> samples;
    private final StringProperty filter = new SimpleStringProperty("");

    /// Something a context menu offers for a row.
    record Action(String title, String key, Runnable run) {}

    ModulesViewModel(Workspace workspace, Workbench workbench, List<Entry.Sample> samples) {
        this.workspace = workspace;
        this.workbench = workbench;
        this.samples = List.copyOf(samples);
    }

    StringProperty filterProperty() {
        return filter;
    }

    ObservableList<ModuleDocument> modules() {
        return workspace.modules();
    }

    Workspace workspace() {
        return workspace;
    }

    List<Entry.Sample> samples() {
        return samples;
    }

    List<Entry> children(Entry entry) {
        return entry instanceof Entry.Samples ? List.copyOf(samples) : Outline.children(entry);
    }

    /// What the filter leaves; empty where there is no filter.
    Optional<List<Matches.Branch>> matches() {
        if (filter.get().isBlank()) {
            return Optional.empty();
        }
        var matches = new Matches(filter.get());
        var found = new ArrayList<Matches.Branch>();
        for (var module : workspace.modules()) {
            matches.in(module).ifPresent(found::add);
        }
        var offered = matches.samples(samples);
        if (!offered.isEmpty()) {
            found.add(new Matches.Branch(new Entry.Samples(offered.size()), offered, true));
        }
        return Optional.of(found);
    }

    // ---- commands

    /// A row was selected: its module becomes the one that all tools look at.
    void select(Entry entry) {
        if (entry instanceof Entry.OfModule row) {
            workspace.activate(row.module());
        }
    }

    /// Enter. Rows with rows below them are the tree's to open.
    void open(Entry entry) {
        select(entry);
        switch (entry) {
            case Entry.Sample sample -> workspace.openSample(sample.name());
            default -> Places.of(entry).ifPresent(workbench::go);
        }
    }

    /// Delete. Only a module's own row closes it.
    void close(Entry entry) {
        if (entry instanceof Entry.Module(var module)) {
            workspace.close(module);
        }
    }

    List<Action> actions(Entry entry) {
        var actions = new ArrayList<Action>();
        switch (entry) {
            case Entry.Module(var module) -> {
                module.facts().ifPresent(_ -> {
                    actions.add(new Action("Restart", "", module::restart));
                    actions.add(new Action("Undo last step", "", module::undo));
                    linkActions(module, actions);
                });
                actions.add(new Action("Show bytes of the file", "", () -> workbench.go(Places.ofInterest(module))));
                actions.add(new Action("Close", "Delete", () -> workspace.close(module)));
            }
            case Entry.Group(var module, var kind, var _)
            when kind == Kind.IMPORTS || kind == Kind.EXPORTS -> {
                actions.add(new Action("Show as table", "", () -> workbench.show(ImportsExportsTool.ID)));
                if (kind == Kind.IMPORTS) {
                    linkActions(module, actions);
                }
            }
            case Entry.Sample sample -> actions.add(new Action("Open sample", "Enter", () -> open(sample)));
            case Entry.Export(var module, var fact)
            when fact.kind() == ExternKind.FUNCTION -> {
                actions.add(new Action("Call…", "Enter", () -> open(entry)));
                actions.add(new Action("Show code", "", () -> workbench.go(Places.code(module, fact.index()))));
            }
            default ->
                Places.of(entry)
                        .ifPresent(place -> actions.add(new Action(openTitle(place), "Enter", () -> open(entry))));
        }
        Places.inFile(entry)
                .ifPresent(place -> actions.add(new Action("Show bytes in file", "", () -> workbench.go(place))));
        return actions;
    }

    private static String openTitle(Location place) {
        return switch (place) {
            case Location.Function _ -> "Show code";
            case Location.Memory _ -> "Show in memory";
            case Location.FileBytes _ -> "Show in file view";
            case Location.Import _ -> "Show in the table";
            case Location.Export _ -> "Call…";
        };
    }

    /// For each module name it imports from, every other open module could be the provider.
    private void linkActions(ModuleDocument module, List<Action> actions) {
        var names = module.facts().stream()
                .flatMap(facts -> facts.imports().stream())
                .map(wanted -> wanted.module())
                .filter(name -> !name.equals("wasi_snapshot_preview1"))
                .distinct()
                .toList();
        for (var name : names) {
            if (module.links().containsKey(name)) {
                actions.add(new Action(
                        "Unlink \"%s\" from %s"
                                .formatted(name, module.links().get(name).name()),
                        "",
                        () -> workspace.unlink(module, name)));
                continue;
            }
            for (var provider : workspace.modules()) {
                if (provider != module && provider.facts().isPresent()) {
                    actions.add(new Action(
                            "Link \"%s\" to %s".formatted(name, provider.name()),
                            "",
                            () -> workspace.link(module, name, provider)));
                }
            }
        }
    }
}
