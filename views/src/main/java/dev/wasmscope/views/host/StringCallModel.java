package dev.wasmscope.views.host;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.marshal.StringCall;
import dev.wasmscope.engine.marshal.StringCall.Given;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Values;
import dev.wasmscope.engine.spi.WasiValue.Span;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// A call with strings as arguments, and the steps of the last one. UI thread only.
final class StringCallModel {
    /// A word, or what stands in quotes, where \" is a quote.
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    /// What the host calls itself, around what a person wants to call; names with an underscore before them too.
    private static final Set<String> SERVICES = Set.of(
            "wasm_alloc",
            "wasm_free",
            "malloc",
            "free",
            "calloc",
            "realloc",
            "alloc",
            "dealloc",
            "allocate",
            "deallocate");

    private final Workbench workbench;
    private final ObservableValue<StringForm> form;
    private final ObservableList<String> exports = FXCollections.observableArrayList();
    private final ObservableList<StringCall.Step> steps = FXCollections.observableArrayList();
    private final StringProperty export = new SimpleStringProperty("");
    private final StringProperty arguments = new SimpleStringProperty("");
    private final BooleanProperty textResult = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper signature = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper failed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private @Nullable ModuleDocument module;
    private Subscription ofModule = Subscription.EMPTY;

    StringCallModel(Workspace workspace, Workbench workbench, ObjectProperty<StringForm> form) {
        this.workbench = workbench;
        this.form = form;
        workspace.activeProperty().subscribe(this::show);
        export.subscribe(_ -> signature.set(type().map(FunctionType::toString).orElse("")));
    }

    /// Exported functions of the active module.
    ObservableList<String> exports() {
        return exports;
    }

    StringProperty exportProperty() {
        return export;
    }

    /// Numbers, and strings in quotes: `"hello" 3`.
    StringProperty argumentsProperty() {
        return arguments;
    }

    /// Whether the result leads to a string.
    BooleanProperty textResultProperty() {
        return textResult;
    }

    /// Of the chosen export: `(i32 i32) → i32`.
    ReadOnlyStringProperty signatureProperty() {
        return signature.getReadOnlyProperty();
    }

    /// Of the last call, in order.
    ObservableList<StringCall.Step> steps() {
        return steps;
    }

    /// How the last call ended, or what is wrong with its arguments.
    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty failedProperty() {
        return failed.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    // ---- commands

    void run() {
        var document = module;
        var session = document == null ? null : document.sessionProperty().get();
        var type = type();
        if (document == null || session == null || type.isEmpty()) {
            tell("The module has no session to call in. Start it first.", true);
            return;
        }
        List<Given> given;
        try {
            given = given(type.get());
        } catch (IllegalArgumentException e) {
            tell(String.valueOf(e.getMessage()), true);
            return;
        }
        running.set(true);
        var called = export.get();
        var call = new StringCall(session, form.getValue());
        workbench
                .background()
                .start(
                        "Calling " + called,
                        _ -> call.run(called, given, textResult.get()),
                        result -> ended(document, result));
    }

    /// Leads to the bytes of a step in Memory.
    void open(Span at) {
        if (module != null) {
            workbench.go(new Location.Memory(module, 0, at.address(), at.length()));
        }
    }

    // ---- steps

    private void show(@Nullable ModuleDocument active) {
        ofModule.unsubscribe();
        module = active;
        ofModule = active == null ? Subscription.EMPTY : active.factsProperty().subscribe((_, _) -> fill());
        steps.clear();
        tell("", false);
        fill();
    }

    private void fill() {
        var names = facts().stream()
                .flatMap(facts -> facts.exports().stream())
                .filter(fact -> fact.kind() == ExternKind.FUNCTION)
                .map(ModuleFacts.ExportFact::name)
                .toList();
        exports.setAll(names);
        if (!names.contains(export.get())) {
            export.set(names.stream()
                    .filter(name -> !name.startsWith("_") && !SERVICES.contains(name))
                    .findFirst()
                    .orElse(names.isEmpty() ? "" : names.getFirst()));
        }
    }

    private Optional<ModuleFacts> facts() {
        return module == null ? Optional.empty() : module.facts();
    }

    private Optional<FunctionType> type() {
        return facts().flatMap(facts -> facts.exports().stream()
                .filter(fact ->
                        fact.kind() == ExternKind.FUNCTION && fact.name().equals(export.get()))
                .findFirst()
                .map(fact -> facts.functions().get(fact.index()).type()));
    }

    /// A string takes two parameters where its length is passed.
    private List<Given> given(FunctionType type) {
        var found = new ArrayList<Given>();
        var wide = form.getValue() == StringForm.POINTER_LENGTH ? 2 : 1;
        var parameter = 0;
        var words = WORD.matcher(arguments.get());
        while (words.find()) {
            if (words.group(1) != null) {
                found.add(new Given.Text(words.group(1).replaceAll("\\\\(.)", "$1")));
                parameter += wide;
            } else if (parameter >= type.parameters().size()) {
                throw new IllegalArgumentException("%s%s takes fewer arguments.".formatted(export.get(), type));
            } else {
                switch (Values.parse(type.parameters().get(parameter), words.group(2))) {
                    case Values.Good(var value) -> found.add(new Given.Plain(value));
                    case Values.Bad(var reason) ->
                        throw new IllegalArgumentException(reason + " A string stands in quotes.");
                }
                parameter++;
            }
        }
        return found;
    }

    private void ended(ModuleDocument document, Result<StringCall.Result> result) {
        running.set(false);
        if (document != module) {
            return;
        }
        switch (result) {
            case Result.Ok<StringCall.Result>(var done) -> {
                steps.setAll(done.steps());
                tell(
                        done.text().map(text -> "\"" + text + "\"").orElseGet(() -> text(done.outcome())),
                        !(done.outcome() instanceof CallOutcome.Returned));
            }
            case Result.Failed<StringCall.Result>(var cause) -> {
                steps.clear();
                tell(String.valueOf((cause.getCause() == null ? cause : cause.getCause()).getMessage()), true);
            }
            case Result.Cancelled<StringCall.Result> _ -> tell("The call was stopped.", true);
        }
    }

    private static String text(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned returned ->
                returned.results().isEmpty()
                        ? "It returned."
                        : "It gave "
                                + String.join(
                                        " ",
                                        returned.results().stream()
                                                .map(Object::toString)
                                                .toList())
                                + ".";
            case CallOutcome.Trapped trapped -> "It trapped: " + trapped.reason() + ".";
            case CallOutcome.TimedOut late ->
                "It did not end within " + late.deadline().toMillis() + " ms.";
            case CallOutcome.Rejected(var reason) -> reason;
            case CallOutcome.Exited exited -> "It exited with code " + exited.code() + ".";
        };
    }

    private void tell(String sentence, boolean bad) {
        outcome.set(sentence);
        failed.set(bad);
    }
}
