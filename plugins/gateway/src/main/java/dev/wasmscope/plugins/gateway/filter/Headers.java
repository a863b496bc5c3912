package dev.wasmscope.plugins.gateway.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// The header fields of a message in their order. Names are compared without regard to case.
public final class Headers {
    private final List<Field> fields = new ArrayList<>();

    record Field(String name, String value) {}

    /// @throws IllegalArgumentException when this cannot stand in a header
    public Headers add(String name, String value) {
        fields.add(new Field(Words.token("header name", name), Words.fieldValue(name, value)));
        return this;
    }

    /// In the place of all fields of that name.
    ///
    /// @throws IllegalArgumentException when this cannot stand in a header
    public Headers set(String name, String value) {
        var field = new Field(Words.token("header name", name), Words.fieldValue(name, value));
        remove(name);
        fields.add(field);
        return this;
    }

    public void remove(String name) {
        for (var i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                fields.remove(i);
            }
        }
    }

    /// @return the first value of that name, or an empty string
    public String first(String name) {
        for (var field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return "";
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    public boolean contains(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    public void forEach(BiConsumer<String, String> action) {
        for (var field : fields) {
            action.accept(field.name(), field.value());
        }
    }

    public int size() {
        return fields.size();
    }

    /// As lines `Name: value` that each end in CR LF; names as HTTP/1.1 usually writes them, also when HTTP/2 brought
    /// them in small letters: filters look for them so.
    String lines() {
        var text = new StringBuilder();
        for (var field : fields) {
            text.append(usual(field.name())).append(": ").append(field.value()).append("\r\n");
        }
        return text.toString();
    }

    /// Puts what [#lines] would write in the place of everything.
    ///
    /// @throws IllegalArgumentException when a line is no header field
    void setLines(String lines) {
        var other = new Headers();
        for (var line : lines.split("\r?\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("\"%s\" is no header line: it has no colon.".formatted(line));
            }
            other.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        fields.clear();
        fields.addAll(other.fields);
    }

    private static String usual(String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return name;
        }
        var letters = name.toCharArray();
        var first = true;
        for (var i = 0; i < letters.length; i++) {
            if (first) {
                letters[i] = Character.toUpperCase(letters[i]);
            }
            first = letters[i] == '-';
        }
        return new String(letters);
    }
}
