package dev.wasmscope.views.host;

import dev.wasmscope.engine.marshal.HostStubs;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.StringForm;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One imported function and what it is to do.
final class ImportRow {
    /// As the choice reads.
    enum Does {
        UNMET("unmet: traps", "", ""),
        TRAP("traps", "trap", ""),
        ZERO("gives 0", "zero", ""),
        LOG("logs, gives 0", "log", ""),
        CONSTANT("gives", "constant", "42, or one for each result"),
        TEXT("gives the string", "text", "any text"),
        ECHO("gives its string back", "echo", ""),
        EXPRESSION("computes", "expression", "$0 * 2 + $1");

        private final String title;
        private final String keyword;
        private final String prompt;

        Does(String title, String keyword, String prompt) {
            this.title = title;
            this.keyword = keyword;
            this.prompt = prompt;
        }

        String prompt() {
            return prompt;
        }

        boolean wantsValue() {
            return !prompt.isEmpty();
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private final String module;
    private final String name;
    private final FunctionType type;
    private final ObjectProperty<Does> does = new SimpleObjectProperty<>(Does.UNMET);
    private final StringProperty value = new SimpleStringProperty("");

    ImportRow(String module, String name, FunctionType type) {
        this.module = module;
        this.name = name;
        this.type = type;
    }

    String module() {
        return module;
    }

    String name() {
        return name;
    }

    FunctionType type() {
        return type;
    }

    ObjectProperty<Does> doesProperty() {
        return does;
    }

    /// The constants, the text, the formula.
    StringProperty valueProperty() {
        return value;
    }

    void fill(HostStub stub) {
        var text = HostStubs.text(stub.answer());
        var colon = text.indexOf(':');
        var keyword = colon < 0 ? text : text.substring(0, colon);
        for (var candidate : Does.values()) {
            if (candidate.keyword.equals(keyword)) {
                value.set(colon < 0 ? "" : text.substring(colon + 1));
                does.set(candidate);
            }
        }
    }

    Optional<HostStub> stub(StringForm form) {
        var chosen = does.get();
        return chosen == Does.UNMET
                ? Optional.empty()
                : Optional.of(new HostStub(
                        module,
                        name,
                        HostStubs.answer(chosen.wantsValue() ? chosen.keyword + ":" + value.get() : chosen.keyword),
                        form));
    }
}
