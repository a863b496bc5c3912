package dev.wasmscope.engine.redis;

import java.util.ArrayList;
import java.util.List;

/// What may still be typed behind the words that are there.
final class ArgumentHint {
    private final List<String> words;
    private int at;

    private ArgumentHint(List<String> words) {
        this.words = words;
    }

    /// @param words the arguments typed so far, without the command's name
    static String behind(List<ArgumentSpec> arguments, List<String> words) {
        return String.join(" ", new ArgumentHint(words).rest(arguments));
    }

    private boolean done() {
        return at == words.size();
    }

    private List<String> rest(List<ArgumentSpec> arguments) {
        var open = new ArrayList<String>();
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.optional()) {
                var end = i;
                while (end < arguments.size() && arguments.get(end).optional()) {
                    end++;
                }
                options(arguments.subList(i, end), arguments.subList(end, arguments.size()), open);
                i = end - 1;
            } else if (done()) {
                open.add(argument.syntax());
            } else {
                required(argument, arguments.subList(i + 1, arguments.size()), open);
            }
        }
        return open;
    }

    /// Options that stand together come in any order.
    private void options(List<ArgumentSpec> together, List<ArgumentSpec> later, List<String> open) {
        var left = new ArrayList<>(together);
        while (!done()) {
            var word = words.get(at);
            var taken =
                    left.stream().filter(option -> option.begunByToken(word)).findFirst();
            if (taken.isEmpty() && later.stream().noneMatch(a -> !a.optional())) {
                taken = left.stream().filter(ArgumentSpec::begunByAnything).findFirst();
            }
            if (taken.isEmpty()) {
                break;
            }
            open.addAll(once(taken.get()));
            if (!taken.get().multiple()) {
                left.remove(taken.get());
            }
        }
        // A word that is none of them belongs to what comes later: the options were passed over.
        if (done()) {
            left.forEach(option -> open.add(option.syntax()));
        }
    }

    private void required(ArgumentSpec argument, List<ArgumentSpec> later, List<String> open) {
        open.addAll(once(argument));
        if (!argument.multiple()) {
            return;
        }
        while (!done() && later.stream().noneMatch(next -> next.begunByToken(words.get(at)))) {
            open.addAll(once(argument));
        }
        var again = new ArgumentSpec(argument.kind(), argument.name(), argument.token(), true, true, argument.parts());
        open.add(again.syntax());
    }

    /// Takes the words of one argument; what is left of it.
    private List<String> once(ArgumentSpec argument) {
        if (!argument.token().isEmpty()) {
            at++;
        }
        return switch (argument.kind()) {
            case TOKEN -> List.of();
            case VALUE -> {
                if (done()) {
                    yield List.of(argument.name());
                }
                at++;
                yield List.of();
            }
            case BLOCK -> rest(argument.parts());
            case CHOICE -> chosen(argument);
        };
    }

    private List<String> chosen(ArgumentSpec choice) {
        if (done()) {
            return List.of(choice.syntax());
        }
        var word = words.get(at);
        var part = choice.parts().stream()
                .filter(p -> p.begunByToken(word))
                .findFirst()
                .or(() -> choice.parts().stream()
                        .filter(ArgumentSpec::begunByAnything)
                        .findFirst());
        if (part.isPresent()) {
            return once(part.get());
        }
        // Half a token, or one we do not know.
        at++;
        return List.of();
    }
}
