package dev.wasmscope.views.host;

import dev.wasmscope.engine.binary.HostProfile;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.marshal.Presets;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The imports of the active module that can be defined by hand, and the host that it is made for. UI thread only.
final class ImportsModel {
    private final ReadOnlyObjectWrapper<@Nullable ModuleDocument> module = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<HostProfile.Match>> profiles = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper profile = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ObservableList<ImportRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<StringForm> form = new SimpleObjectProperty<>(StringForm.POINTER_LENGTH);
    private Subscription ofModule = Subscription.EMPTY;

    ImportsModel(Workspace workspace) {
        workspace.activeProperty().subscribe(this::show);
    }

    ReadOnlyObjectProperty<@Nullable ModuleDocument> moduleProperty() {
        return module.getReadOnlyProperty();
    }

    /// The most telling first.
    ReadOnlyObjectProperty<List<HostProfile.Match>> profilesProperty() {
        return profiles.getReadOnlyProperty();
    }

    /// `Easegress filter, 2 missing`; empty where it is made for no host that is known.
    ReadOnlyStringProperty profileProperty() {
        return profile.getReadOnlyProperty();
    }

    /// Why the module did not start; empty where it did.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Imported functions that neither WASI nor another module provides, in the module's order.
    ObservableList<ImportRow> rows() {
        return rows;
    }

    /// How strings cross.
    ObjectProperty<StringForm> formProperty() {
        return form;
    }

    // ---- commands

    /// Gives every import what its host would answer, and starts the module with it.
    void useStubs() {
        rows.forEach(row -> row.fill(Presets.of(row.module(), row.name(), row.type(), form.get())));
        apply();
    }

    /// Starts the module anew, with its imports as they stand here.
    void apply() {
        var active = module.get();
        if (active == null) {
            return;
        }
        var stubs = rows.stream().flatMap(row -> row.stub(form.get()).stream()).toList();
        active.openSession(active.request().withStubs(stubs));
    }

    // ---- steps

    private void show(@Nullable ModuleDocument active) {
        ofModule.unsubscribe();
        module.set(active);
        ofModule = active == null
                ? Subscription.EMPTY
                : Subscription.combine(
                        active.factsProperty().subscribe((_, _) -> fill()),
                        active.sessionStateProperty().subscribe((_, _) -> tellProblem()));
        fill();
    }

    private void fill() {
        var active = module.get();
        var facts = active == null ? Optional.<ModuleFacts>empty() : active.facts();
        profiles.set(facts.map(HostProfile::of).orElse(List.of()));
        profile.set(profiles.get().stream().findFirst().map(ImportsModel::brief).orElse(""));
        if (active == null || facts.isEmpty()) {
            rows.clear();
        } else {
            form.set(active.request().stubs().stream()
                    .findFirst()
                    .map(HostStub::strings)
                    .orElseGet(() -> usualForm(facts.get())));
            rows.setAll(rowsOf(active, facts.get()));
        }
        tellProblem();
    }

    private static String brief(HostProfile.Match match) {
        return match.complete()
                ? match.profile().title()
                : "%s, %d missing"
                        .formatted(match.profile().title(), match.missing().size());
    }

    private StringForm usualForm(ModuleFacts facts) {
        var exports = facts.exports().stream()
                .map(export -> new ExportInfo(export.name(), export.kind(), export.index(), Optional.empty()))
                .toList();
        return Presets.form(
                profiles.get().stream()
                        .findFirst()
                        .map(match -> match.profile().id())
                        .orElse(""),
                exports);
    }

    private static List<ImportRow> rowsOf(ModuleDocument active, ModuleFacts facts) {
        return facts.imports().stream()
                .filter(wanted -> wanted.kind() == ExternKind.FUNCTION)
                .filter(wanted -> !wanted.module().equals("wasi_snapshot_preview1")
                        && !active.links().containsKey(wanted.module()))
                .map(wanted -> {
                    var row = new ImportRow(
                            wanted.module(),
                            wanted.name(),
                            facts.functions().get(wanted.index()).type());
                    active.request().stubs().stream()
                            .filter(stub -> stub.module().equals(row.module())
                                    && stub.name().equals(row.name()))
                            .findFirst()
                            .ifPresent(row::fill);
                    return row;
                })
                .toList();
    }

    private void tellProblem() {
        var active = module.get();
        problem.set(
                active != null && active.sessionStateProperty().get() instanceof SessionState.Failed(var why, var _)
                        ? why
                        : "");
    }
}
