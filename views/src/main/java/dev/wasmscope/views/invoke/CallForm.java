package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.samples.Sample;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasm.Durations;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The function to call and what to give it, checked as it is typed. What was typed for a function comes back with
/// it. UI thread only.
final class CallForm {
    private final SampleCatalogue samples;
    private final ObservableList<Callable> functions = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Callable> function = new SimpleObjectProperty<>();
    private final ObservableList<Parameter> parameters = FXCollections.observableArrayList();
    private final StringProperty timeout = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper timeoutError = new ReadOnlyStringWrapper("");
    private final Map<Key, List<String>> remembered = new HashMap<>();
    private @Nullable ModuleDocument module;
    /// What the parameters belong to.
    private @Nullable Key shown;

    private record Key(ModuleDocument module, String export) {}

    /// @param samples whose suggested calls fill the form first
    /// @param deadline what the form begins with, also when it changes
    CallForm(SampleCatalogue samples, ObservableValue<Duration> deadline) {
        this.samples = samples;
        deadline.subscribe(now -> timeout.set(Durations.text(now)));
        timeout.subscribe(text -> timeoutError.set(timeoutProblem(text)));
        function.subscribe((_, now) -> functionChanged(now));
    }

    /// What the module exports.
    ObservableList<Callable> functions() {
        return functions;
    }

    ObjectProperty<@Nullable Callable> functionProperty() {
        return function;
    }

    ObservableList<Parameter> parameters() {
        return parameters;
    }

    /// `500ms`, `5s`.
    StringProperty timeoutProperty() {
        return timeout;
    }

    ReadOnlyStringProperty timeoutErrorProperty() {
        return timeoutError.getReadOnlyProperty();
    }

    /// A filled form.
    ///
    /// @param what the call as the history will show it; it has no outcome yet
    record Filled(ModuleDocument module, Callable function, PastCall what, CallRequest request) {}

    /// The form's call, or empty: then no function is chosen, or the fields that are wrong are marked.
    Optional<Filled> read() {
        var chosen = function.get();
        if (module == null || chosen == null) {
            return Optional.empty();
        }
        var values = new ArrayList<Value>();
        var complete = timeoutError.get().isEmpty();
        for (var parameter : parameters) {
            var value = parameter.check();
            complete &= value.isPresent();
            value.ifPresent(values::add);
        }
        if (!complete) {
            return Optional.empty();
        }
        var texts = parameters.stream().map(p -> p.textProperty().get().strip()).toList();
        return Optional.of(new Filled(
                module,
                chosen,
                new PastCall(module, chosen.name(), texts, new CallOutcome.Rejected("")),
                new CallRequest(chosen.name(), values, Optional.of(Durations.parse(timeout.get())))));
    }

    /// Fills the form as it was for a call of the history; the module is the form's already.
    void refill(PastCall past) {
        function.set(null);
        remembered.put(new Key(past.module(), past.export()), past.texts());
        choose(past.export());
    }

    /// @return whether the module exports such a function
    boolean choose(String export) {
        var found = named(functions, export);
        found.ifPresent(function::set);
        return found.isPresent();
    }

    /// No module, nothing to call.
    void empty() {
        module = null;
        functions.clear();
        function.set(null);
    }

    /// Shows what a module exports, and the function of it that was chosen last.
    void show(ModuleDocument document) {
        module = document;
        var kept = document.chosenExportProperty().get();
        var found = document.facts().map(Callable::of).orElse(List.of());
        functions.setAll(found);
        var next = named(found, kept)
                .or(() -> suggestions(document).findFirst().flatMap(call -> named(found, call.export())))
                .orElseGet(() -> first(found));
        if (Objects.equals(next, function.get())) {
            functionChanged(next);
        } else {
            function.set(next);
        }
    }

    private static Optional<Callable> named(List<Callable> all, String name) {
        return all.stream().filter(function -> function.name().equals(name)).findFirst();
    }

    /// A command's `_start` before what runtimes call themselves.
    private static @Nullable Callable first(List<Callable> found) {
        return found.stream()
                .filter(f -> f.name().equals("_start"))
                .findFirst()
                .or(() -> found.stream().filter(f -> !f.name().startsWith("_")).findFirst())
                .or(() -> found.stream().findFirst())
                .orElse(null);
    }

    private Stream<Sample.SuggestedCall> suggestions(ModuleDocument document) {
        return document.source().path().isPresent()
                ? Stream.empty()
                : samples.find(document.name().replaceFirst("\\.wasm$", "")).stream()
                        .flatMap(sample -> sample.calls().stream());
    }

    private void functionChanged(@Nullable Callable now) {
        var document = module;
        if (shown != null && !parameters.isEmpty()) {
            remembered.put(
                    shown, parameters.stream().map(p -> p.textProperty().get()).toList());
        }
        shown = document == null || now == null ? null : new Key(document, now.name());
        if (document != null && now != null) {
            document.chosenExportProperty().set(now.name());
        }
        var fresh = new ArrayList<Parameter>();
        var facts = document == null ? null : document.facts().orElse(null);
        if (document != null && now != null && facts != null) {
            var names = now.parameterNames(document.source().bytes(), facts);
            var texts = remembered.getOrDefault(new Key(document, now.name()), suggested(document, now));
            for (int i = 0; i < names.size(); i++) {
                var text = i < texts.size() ? texts.get(i) : "";
                fresh.add(new Parameter(names.get(i), now.type().parameters().get(i), text));
            }
        }
        parameters.setAll(fresh);
    }

    private List<String> suggested(ModuleDocument document, Callable chosen) {
        return suggestions(document)
                .filter(suggestion -> suggestion.export().equals(chosen.name()))
                .map(Sample.SuggestedCall::arguments)
                .findFirst()
                .orElse(List.of());
    }

    private static String timeoutProblem(String text) {
        try {
            Duration parsed = Durations.parse(text);
            return parsed.compareTo(Duration.ofHours(1)) > 0 ? "A deadline of more than an hour is none." : "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
