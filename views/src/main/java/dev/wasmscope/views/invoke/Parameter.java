package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.Values;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One typed field: its text, and what is wrong with it.
final class Parameter {
    private final String name;
    private final ValueType type;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");

    Parameter(String name, ValueType type, String initial) {
        this.name = name;
        this.type = type;
        text.set(initial);
        // A field that is still empty is no mistake until somebody runs.
        text.subscribe(now -> error.set(now.isBlank() ? "" : problem()));
    }

    String name() {
        return name;
    }

    ValueType type() {
        return type;
    }

    StringProperty textProperty() {
        return text;
    }

    /// A sentence, or empty.
    ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /// The value, or empty with the error set.
    Optional<Value> check() {
        error.set(problem());
        return Values.parse(type, text.get()) instanceof Values.Good(var value) ? Optional.of(value) : Optional.empty();
    }

    private String problem() {
        return Values.parse(type, text.get()) instanceof Values.Bad(var reason) ? reason : "";
    }
}
