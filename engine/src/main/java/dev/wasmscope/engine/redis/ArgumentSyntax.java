package dev.wasmscope.engine.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads what [ArgumentSpec#syntax()] writes, for the table of commands that comes with us.
final class ArgumentSyntax {
    private final String text;
    private int at;

    private ArgumentSyntax(String text) {
        this.text = text;
    }

    static List<ArgumentSpec> parse(String text) {
        var syntax = new ArgumentSyntax(text);
        var all = syntax.sequence();
        if (syntax.at < text.length()) {
            throw new IllegalArgumentException("'%s' goes wrong at %d.".formatted(text, syntax.at));
        }
        return all;
    }

    private List<ArgumentSpec> sequence() {
        var all = new ArrayList<ArgumentSpec>();
        while (at < text.length() && "|]>".indexOf(text.charAt(at)) < 0) {
            switch (text.charAt(at)) {
                case ' ' -> at++;
                case '[' -> bracket(all);
                case '<' -> all.add(choice('>', false));
                default -> word(all);
            }
        }
        return all;
    }

    /// `[a|b]`, `[a ...]`, and `[a ...]` behind an `a`, which makes that one repeatable.
    private void bracket(List<ArgumentSpec> all) {
        var inside = choice(']', true);
        var repeats = !inside.parts().isEmpty()
                && inside.kind() != ArgumentSpec.Kind.CHOICE
                && inside.parts().getLast().name().equals("...");
        if (!repeats) {
            all.add(inside.parts().size() == 1 ? with(inside.parts().getFirst(), true, false) : inside);
            return;
        }
        var repeated = block(inside.parts().subList(0, inside.parts().size() - 1));
        var length =
                repeated.kind() == ArgumentSpec.Kind.BLOCK && repeated.token().isEmpty()
                        ? repeated.parts().size()
                        : 1;
        var before = all.size() < length ? List.<ArgumentSpec>of() : all.subList(all.size() - length, all.size());
        if (ArgumentSpec.syntax(before).equals(repeated.syntax())) {
            before.clear();
            all.add(with(repeated, false, true));
        } else {
            all.add(with(repeated, true, true));
        }
    }

    private ArgumentSpec choice(char end, boolean optional) {
        at++;
        var alternatives = new ArrayList<List<ArgumentSpec>>();
        alternatives.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            alternatives.add(sequence());
        }
        if (at == text.length() || text.charAt(at) != end) {
            throw new IllegalArgumentException("'%s' misses a %s at %d.".formatted(text, end, at));
        }
        at++;
        if (alternatives.size() == 1) {
            return new ArgumentSpec(ArgumentSpec.Kind.BLOCK, "", "", optional, false, alternatives.getFirst());
        }
        var parts = alternatives.stream().map(ArgumentSyntax::block).toList();
        return new ArgumentSpec(ArgumentSpec.Kind.CHOICE, "", "", optional, false, parts);
    }

    private static ArgumentSpec block(List<ArgumentSpec> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : new ArgumentSpec(ArgumentSpec.Kind.BLOCK, "", "", false, false, parts);
    }

    private void word(List<ArgumentSpec> all) {
        var from = at;
        while (at < text.length() && " |[]<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var word = text.substring(from, at);
        var value = !word.equals(word.toUpperCase(Locale.ROOT)) || word.equals("...");
        all.add(
                value
                        ? new ArgumentSpec(ArgumentSpec.Kind.VALUE, word, "", false, false, List.of())
                        : new ArgumentSpec(ArgumentSpec.Kind.TOKEN, "", word, false, false, List.of()));
    }

    private static ArgumentSpec with(ArgumentSpec spec, boolean optional, boolean multiple) {
        return new ArgumentSpec(spec.kind(), spec.name(), spec.token(), optional, multiple, spec.parts());
    }
}
