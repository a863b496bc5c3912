package dev.wasmscope.views.code;

import dev.wasmscope.engine.binary.Disassembly;
import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Trail;
import dev.wasmscope.views.workspace.Workspace;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Which function is shown, of which module, and what there is besides it.
final class CodeViewModel {
    private final Workspace workspace;
    private final Workbench workbench;
    private final ReadOnlyObjectWrapper<CodeState> state = new ReadOnlyObjectWrapper<>(new CodeState.NoModule());
    private final ObservableList<FunctionFact> allFunctions = FXCollections.observableArrayList();
    private final FilteredList<FunctionFact> functions = new FilteredList<>(allFunctions);
    private final StringProperty filter = new SimpleStringProperty("");
    /// A function that was looked at.
    private record Place(ModuleDocument module, int function) {}

    private final Trail<Place> history = new Trail<>();
    private final Map<ModuleDocument, Integer> lastShown = new WeakHashMap<>();
    private Subscription ofModule = Subscription.EMPTY;
    private @Nullable ModuleDocument module;
    private Location.@Nullable Function wanted;
    private @Nullable RunningTask loading;

    CodeViewModel(Workspace workspace, Workbench workbench) {
        this.workspace = workspace;
        this.workbench = workbench;
        filter.subscribe(text -> functions.setPredicate(matching(text)));
        workspace.modules().addListener((ListChangeListener<ModuleDocument>)
                _ -> history.forget(place -> !workspace.modules().contains(place.module())));
        workspace.activeProperty().subscribe(this::activate);
    }

    ReadOnlyObjectProperty<CodeState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Those of the module that match the filter, imported ones too.
    ObservableList<FunctionFact> functions() {
        return functions;
    }

    int functionCount() {
        return allFunctions.size();
    }

    /// Part of a name, or an index.
    StringProperty filterProperty() {
        return filter;
    }

    ReadOnlyBooleanProperty canGoBackProperty() {
        return history.canGoBackProperty();
    }

    ReadOnlyBooleanProperty canGoForwardProperty() {
        return history.canGoForwardProperty();
    }

    // ---- commands

    /// Shows a function of any open module, as soon as that module is read.
    void open(Location.Function place) {
        if (!(place.module() instanceof ModuleDocument document)
                || !workspace.modules().contains(document)) {
            return;
        }
        wanted = place;
        if (document.equals(module)) {
            showWanted();
        } else {
            workspace.activate(document);
        }
    }

    /// As if the user had gone there: the window remembers it for back and forward.
    void go(int function) {
        if (module != null) {
            workbench.go(new Location.Function(module, function, OptionalLong.empty()));
        }
    }

    /// Goes to the function that a line names, if it names one.
    void follow(CodeText.Line line) {
        line.target().ifPresent(target -> {
            if (target < allFunctions.size()) {
                go(target);
            }
        });
    }

    /// Shows the bytes of an instruction in the file.
    void showBytes(CodeText.Line line) {
        if (module != null && line.offset().isPresent()) {
            workbench.go(new Location.FileBytes(module, line.offset().getAsLong(), line.length()));
        }
    }

    /// Shows where in the file reading failed.
    void showBytes(ModuleDocument document, long offset) {
        var last = Math.max(0, document.source().bytes().length - 1);
        workbench.go(new Location.FileBytes(document, Math.clamp(offset, 0, last), 1));
    }

    void back() {
        history.back().ifPresent(this::revisit);
    }

    void forward() {
        history.forward().ifPresent(this::revisit);
    }

    /// `28 02 10`.
    String bytes(CodeText.Line line) {
        if (module == null || line.offset().isEmpty()) {
            return "";
        }
        var from = (int) line.offset().getAsLong();
        return Hex.of(module.source().bytes(), from, from + line.length());
    }

    // ---- steps

    private void activate(@Nullable ModuleDocument active) {
        ofModule.unsubscribe();
        ofModule = Subscription.EMPTY;
        cancelLoading();
        module = active;
        if (active == null) {
            allFunctions.clear();
            state.set(new CodeState.NoModule());
        } else {
            ofModule = active.factsProperty().subscribe(facts -> read(active, facts));
        }
    }

    private void read(ModuleDocument document, Facts facts) {
        switch (facts) {
            case Facts.Reading _ -> {
                allFunctions.clear();
                state.set(new CodeState.Reading(document.name()));
            }
            case Facts.Malformed(var reason, var offset) -> {
                allFunctions.clear();
                state.set(new CodeState.Malformed(document, reason, offset));
            }
            case Facts.Read(var read) -> {
                allFunctions.setAll(read.functions());
                if (read.functions().isEmpty()) {
                    state.set(new CodeState.NoFunctions(document.name()));
                } else {
                    showWanted();
                }
            }
        }
    }

    /// What was asked for, else what was shown of this module last, else what an export offers first.
    private void showWanted() {
        if (module == null || allFunctions.isEmpty()) {
            return;
        }
        var place = wanted;
        wanted = null;
        if (place != null && place.module().equals(module) && place.index() < allFunctions.size()) {
            show(new Place(module, place.index()), place.offset());
        } else {
            var facts = module.facts().orElseThrow();
            show(new Place(module, lastShown.getOrDefault(module, first(facts))), OptionalLong.empty());
        }
    }

    private static int first(ModuleFacts facts) {
        return facts.exports().stream()
                .filter(e -> e.kind() == ExternKind.FUNCTION)
                .map(ModuleFacts.ExportFact::index)
                .findFirst()
                .or(() -> facts.functions().stream()
                        .filter(f -> !f.imported())
                        .map(FunctionFact::index)
                        .findFirst())
                .orElse(0);
    }

    private void show(Place place, OptionalLong offset) {
        history.visit(place);
        load(place, offset);
    }

    private void revisit(Place place) {
        if (place.module().equals(module)) {
            load(place, OptionalLong.empty());
        } else {
            lastShown.put(place.module(), place.function());
            workspace.activate(place.module());
        }
    }

    private void load(Place place, OptionalLong offset) {
        cancelLoading();
        var document = place.module();
        var facts = document.facts().orElseThrow();
        var function = facts.functions().get(place.function());
        lastShown.put(document, function.index());
        if (function.imported()) {
            state.set(new CodeState.Imported(function));
            return;
        }
        if (state.get() instanceof CodeState.Shown shown
                && shown.module().equals(document)
                && shown.function().equals(function)) {
            state.set(new CodeState.Shown(document, function, shown.text(), line(shown.text(), offset)));
            return;
        }
        state.set(new CodeState.Loading(function));
        loading = workbench
                .background()
                .start(
                        "Disassembling " + function.name(),
                        _ -> disassemble(document, facts, function, offset),
                        result -> loaded(function, result));
    }

    private static CodeState disassemble(
            ModuleDocument document, ModuleFacts facts, FunctionFact function, OptionalLong offset) {
        try {
            Disassembly lines = ModuleReader.disassemble(document.source().bytes(), facts, function.index());
            var text = CodeText.of(lines);
            return new CodeState.Shown(document, function, text, line(text, offset));
        } catch (MalformedModuleException e) {
            return new CodeState.Broken(document, function, String.valueOf(e.getMessage()), e.offset());
        }
    }

    private static OptionalInt line(CodeText text, OptionalLong offset) {
        return offset.isPresent() ? text.lineAt(offset.getAsLong()) : OptionalInt.empty();
    }

    /// What was overtaken meanwhile is dropped.
    private void loaded(FunctionFact function, Result<CodeState> result) {
        if (!(state.get() instanceof CodeState.Loading(var current)) || !current.equals(function)) {
            return;
        }
        switch (result) {
            case Result.Ok<CodeState>(var shown) -> state.set(shown);
            case Result.Failed<CodeState>(var cause) -> throw new IllegalStateException(cause);
            case Result.Cancelled<CodeState> _ -> state.set(new CodeState.Stopped(function));
        }
    }

    private void cancelLoading() {
        if (loading != null) {
            loading.cancel();
            loading = null;
        }
    }

    private static Predicate<FunctionFact> matching(String text) {
        var part = text.strip().toLowerCase(Locale.ROOT);
        if (part.isEmpty()) {
            return _ -> true;
        }
        return f -> f.name().toLowerCase(Locale.ROOT).contains(part)
                || Integer.toString(f.index()).equals(part);
    }

    /// The function that is shown, or about to be.
    Optional<FunctionFact> function() {
        return switch (state.get()) {
            case CodeState.Loading(var f) -> Optional.of(f);
            case CodeState.Shown shown -> Optional.of(shown.function());
            case CodeState.Imported(var f) -> Optional.of(f);
            case CodeState.Stopped(var f) -> Optional.of(f);
            case CodeState.Broken broken -> Optional.of(broken.function());
            case CodeState.NoModule _, CodeState.Reading _, CodeState.Malformed _, CodeState.NoFunctions _ ->
                Optional.empty();
        };
    }
}
