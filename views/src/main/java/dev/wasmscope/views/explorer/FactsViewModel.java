package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.HostProfile;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.views.explorer.FactLine.Tone;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Validation;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// What is known about the active module, as groups of lines.
final class FactsViewModel {
    record Group(String title, List<FactLine> lines) {}

    private final ReadOnlyObjectWrapper<@Nullable ModuleDocument> module = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<Group>> groups = new ReadOnlyObjectWrapper<>(List.of());
    private Subscription ofModule = Subscription.EMPTY;

    FactsViewModel(Workspace workspace) {
        workspace.activeProperty().subscribe(this::show);
    }

    ReadOnlyObjectProperty<@Nullable ModuleDocument> moduleProperty() {
        return module.getReadOnlyProperty();
    }

    /// Empty where no module is open.
    ReadOnlyObjectProperty<List<Group>> groupsProperty() {
        return groups.getReadOnlyProperty();
    }

    /// All of it, for the clipboard.
    String text() {
        return groups.get().stream()
                .flatMap(group -> group.lines().stream())
                .map(line -> line.key() + "\t" + line.value().replace("\n", ", "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void show(@Nullable ModuleDocument active) {
        ofModule.unsubscribe();
        module.set(active);
        if (active == null) {
            ofModule = Subscription.EMPTY;
            groups.set(List.of());
            return;
        }
        ofModule = Subscription.combine(
                active.factsProperty().subscribe((_, _) -> fill(active)),
                active.validationProperty().subscribe((_, _) -> fill(active)),
                active.sessionStateProperty().subscribe((_, _) -> fill(active)),
                active.stubbedProperty().subscribe((_, _) -> fill(active)),
                active.featuresProperty().subscribe((_, _) -> fill(active)));
        fill(active);
    }

    private void fill(ModuleDocument active) {
        var all = new ArrayList<Group>();
        all.add(new Group("Module", module(active)));
        active.facts().ifPresent(facts -> {
            all.add(new Group("Instance", instance(active)));
            all.add(new Group("Contents", contents(facts)));
            if (!facts.producers().isEmpty()) {
                all.add(new Group("Made by", producers(facts)));
            }
            all.add(new Group("Features", features(active, facts)));
        });
        groups.set(List.copyOf(all));
    }

    private static List<FactLine> module(ModuleDocument active) {
        var lines = new ArrayList<FactLine>();
        active.facts().flatMap(ModuleFacts::moduleName).ifPresent(name -> lines.add(FactLine.of("Name", name)));
        lines.add(
                FactLine.of("File", active.source().path().map(Object::toString).orElse(active.name())));
        active.facts().map(HostProfile::of).ifPresent(found -> found.forEach(match -> lines.add(madeFor(match))));
        lines.add(FactLine.of("Size", Sizes.exact(active.source().bytes().length)));
        switch (active.factsProperty().get()) {
            case Facts.Reading _ -> lines.add(FactLine.of("State", "Reading…"));
            case Facts.Malformed(var reason, var _) -> lines.add(new FactLine("Malformed", reason, Tone.BAD));
            case Facts.Read _ ->
                lines.add(validation(active.validationProperty().get()));
        }
        return lines;
    }

    private static FactLine madeFor(HostProfile.Match match) {
        return match.complete()
                ? FactLine.of("Made for", match.profile().title())
                : new FactLine(
                        "Made for",
                        match.profile().title() + "; missing:\n" + String.join("\n", match.missing()),
                        Tone.WARNING);
    }

    private static FactLine validation(Validation validation) {
        return switch (validation) {
            case Validation.Pending _ -> FactLine.of("Validation", "checking…");
            case Validation.Valid _ -> new FactLine("Validation", "valid", Tone.GOOD);
            case Validation.Invalid(var reason) -> new FactLine("Invalid", reason, Tone.BAD);
            case Validation.NotChecked(var why) -> new FactLine("Validation", "not checked. " + why, Tone.WARNING);
        };
    }

    private static List<FactLine> instance(ModuleDocument active) {
        var lines = new ArrayList<FactLine>();
        switch (active.sessionStateProperty().get()) {
            case SessionState.None _ -> lines.add(FactLine.of("State", "no session"));
            case SessionState.Opening _ -> lines.add(FactLine.of("State", "starting…"));
            case SessionState.Failed(var reason, var _) -> lines.add(new FactLine("Failed", reason, Tone.BAD));
            case SessionState.Open(var session) -> lines.addAll(running(session.info()));
        }
        active.links()
                .forEach((name, provider) ->
                        lines.add(new FactLine("Linked", name + " → " + provider.name(), Tone.GOOD)));
        var unmet = active.stubbedProperty().get();
        if (!unmet.isEmpty()) {
            lines.add(new FactLine(
                    "Stubbed",
                    unmet.stream()
                            .map(wanted -> wanted.module() + "." + wanted.name())
                            .collect(Collectors.joining("\n")),
                    Tone.WARNING));
        }
        return lines;
    }

    private static List<FactLine> running(SessionInfo info) {
        return List.of(
                new FactLine("State", "running", Tone.GOOD),
                FactLine.of("Runtime", info.runtime()),
                FactLine.of("Deadline", info.limits().callTime().toMillis() + " ms"),
                FactLine.of("Memory limit", Sizes.count(info.limits().memoryPages()) + " pages"));
    }

    private static List<FactLine> contents(ModuleFacts facts) {
        var imported = facts.imports().stream()
                .filter(wanted -> wanted.kind() == ExternKind.FUNCTION)
                .count();
        var lines = new ArrayList<FactLine>();
        lines.add(FactLine.of(
                "Functions",
                Sizes.count(facts.functions().size())
                        + (imported == 0 ? "" : " (%s imported)".formatted(Sizes.count(imported)))));
        lines.add(FactLine.of("Types", Sizes.count(facts.types().size())));
        facts.memories()
                .forEach(memory -> lines.add(FactLine.of(
                        memory.name().isEmpty() ? "memory[" + memory.index() + "]" : memory.name(),
                        memory.limits() + " pages")));
        lines.add(FactLine.of(
                "Data",
                Sizes.text(facts.data().stream()
                        .mapToLong(ModuleFacts.DataSegment::length)
                        .sum())));
        facts.startFunction()
                .ifPresent(start -> lines.add(
                        FactLine.of("Start", facts.functions().get(start).name())));
        return lines;
    }

    private static List<FactLine> producers(ModuleFacts facts) {
        return facts.producers().stream()
                .map(producer -> FactLine.of(
                        producer.field(),
                        producer.version().isEmpty() ? producer.name() : producer.name() + " " + producer.version()))
                .toList();
    }

    private static List<FactLine> features(ModuleDocument active, ModuleFacts facts) {
        var used = active.featuresProperty()
                .get()
                .map(all -> all.isEmpty() ? "Wasm 1.0 only" : lines(List.copyOf(all)))
                .orElseGet(() -> (lines(facts.features()) + "\n(looking through the code…)").strip());
        return List.of(
                FactLine.of("Used", used),
                FactLine.of("Target", facts.targetFeatures().isEmpty() ? "not stated" : lines(facts.targetFeatures())));
    }

    private static String lines(List<String> names) {
        return String.join("\n", names);
    }
}
