package dev.wasmscope.views.lessons;

import dev.wasmscope.engine.names.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads the lines of a `do` block.
final class ActionParser {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0x[0-9a-fA-F_]+|[0-9_]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?)" + "|-?inf|nan");
    private static final List<String> VERBS = List.of("open", "show", "memory", "call", "choose", "undo", "restart");
    private static final long MEMORY_END = 1L << 32;

    private final Consumer<Lesson.Problem> problems;
    private boolean opened;

    ActionParser(Consumer<Lesson.Problem> problems) {
        this.problems = problems;
    }

    /// @param line where it stands in the file, from 1 on
    /// @return empty where it is blank or wrong; what is wrong was reported
    Optional<Action> parse(String text, int line) {
        var words = List.of(text.strip().split("\\s+"));
        if (words.equals(List.of(""))) {
            return Optional.empty();
        }
        try {
            return Optional.of(action(words.getFirst().toLowerCase(Locale.ROOT), words.subList(1, words.size())));
        } catch (WrongLine wrong) {
            problems.accept(new Lesson.Problem(line, String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    private Action action(String verb, List<String> words) throws WrongLine {
        if (List.of("memory", "call", "choose", "undo", "restart").contains(verb) && !opened) {
            throw new WrongLine("`%s` needs a module: put `open sample:NAME` before it.".formatted(verb));
        }
        return switch (verb) {
            case "open" -> open(one("open", "sample:NAME", words));
            case "show" -> new Action.Show(one("show", "TOOL", words));
            case "memory" -> memory(words);
            case "call" -> call(words);
            case "choose" -> new Action.Choose(one("choose", "EXPORT", words));
            case "undo" -> none("undo", words, new Action.Undo());
            case "restart" -> none("restart", words, new Action.Restart());
            default ->
                throw new WrongLine("There is no action `%s`. %s"
                        .formatted(
                                verb,
                                NearestName.of(verb, VERBS)
                                        .map("Did you mean `%s`?"::formatted)
                                        .orElse("There are: " + String.join(", ", VERBS) + ".")));
        };
    }

    private Action open(String what) throws WrongLine {
        if (!what.matches("sample:[\\w-]+")) {
            throw new WrongLine("`open` takes sample:NAME, not \"%s\".".formatted(what));
        }
        opened = true;
        return new Action.Open(what);
    }

    private static Action memory(List<String> words) throws WrongLine {
        if (words.isEmpty() || words.size() > 2) {
            throw new WrongLine("`memory` takes ADDRESS [LENGTH], not %d words.".formatted(words.size()));
        }
        var address = number(words.getFirst());
        var length = words.size() == 2 ? number(words.get(1)) : 0;
        if (address + length > MEMORY_END) {
            throw new WrongLine(
                    "%s and %d bytes from there on leave 32-bit memory.".formatted(words.getFirst(), length));
        }
        return new Action.Memory(address, length);
    }

    private static Action call(List<String> words) throws WrongLine {
        if (words.isEmpty()) {
            throw new WrongLine("`call` takes EXPORT ARGUMENT..., and here is no export.");
        }
        for (var argument : words.subList(1, words.size())) {
            if (!NUMBER.matcher(argument).matches()) {
                throw new WrongLine(
                        "\"%s\" is not a number; arguments are like 42, 0x20, -1.5, nan.".formatted(argument));
            }
        }
        return new Action.Call(words.getFirst(), words.subList(1, words.size()));
    }

    private static String one(String verb, String what, List<String> words) throws WrongLine {
        if (words.size() != 1) {
            throw new WrongLine("`%s` takes %s, not %d words.".formatted(verb, what, words.size()));
        }
        return words.getFirst();
    }

    private static Action none(String verb, List<String> words, Action action) throws WrongLine {
        if (!words.isEmpty()) {
            throw new WrongLine("`%s` stands alone, without \"%s\".".formatted(verb, String.join(" ", words)));
        }
        return action;
    }

    private static long number(String text) throws WrongLine {
        try {
            var value = Long.decode(text);
            if (value >= 0 && value <= MEMORY_END) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new WrongLine("\"%s\" is not an address or length between 0 and 0xffffffff.".formatted(text));
    }

    private static final class WrongLine extends Exception {
        private static final long serialVersionUID = 1L;

        WrongLine(String message) {
            super(message);
        }
    }
}
