package dev.wasmscope.views.explorer;

import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of the tree that a filter leaves.
final class Matches {
    /// Most rows a filter leaves below one group.
    static final int MOST = 300;

    /// @param open whether the rows below are shown at once
    record Branch(Entry entry, List<Branch> children, boolean open) {}

    private final List<String> words;

    /// @param filter words that all have to occur in a row's text, in any case
    Matches(String filter) {
        words = List.of(filter.strip().split("\\s+"));
    }

    /// Empty where neither the module's name nor anything in it matches.
    Optional<Branch> in(ModuleDocument module) {
        var root = new Entry.Module(module);
        var below = below(root);
        if (!below.isEmpty()) {
            return Optional.of(new Branch(root, below, true));
        }
        return accepts(root.text()) ? Optional.of(whole(root)) : Optional.empty();
    }

    List<Branch> samples(List<Entry.Sample> samples) {
        return samples.stream()
                .filter(sample -> accepts(sample.name() + " " + sample.title() + " " + sample.description()))
                .map(sample -> new Branch(sample, List.of(), false))
                .toList();
    }

    private List<Branch> below(Entry parent) {
        var found = new ArrayList<Branch>();
        for (var child : Outline.children(parent)) {
            switch (child) {
                case Entry.FunctionRange range -> found.addAll(below(range));
                case Entry.Group _, Entry.ImportModule _ -> {
                    var inner = below(child);
                    if (!inner.isEmpty()) {
                        found.add(new Branch(child, inner, true));
                    } else if (accepts(child.title())) {
                        found.add(whole(child));
                    }
                }
                default -> {
                    if (accepts(child.text())) {
                        found.add(new Branch(child, List.of(), false));
                    }
                }
            }
        }
        if (parent instanceof Entry.Group(var module, var _, var _) && found.size() > MOST) {
            var rest = new Entry.More(module, found.size() - MOST);
            found.subList(MOST, found.size()).clear();
            found.add(new Branch(rest, List.of(), false));
        }
        return found;
    }

    /// A branch whose own name matched keeps all that lies below it, closed.
    private static Branch whole(Entry entry) {
        return new Branch(entry, List.of(), false);
    }

    private boolean accepts(String text) {
        return words.stream().allMatch(word -> contains(text, word));
    }

    private static boolean contains(String text, String word) {
        for (var i = 0; i <= text.length() - word.length(); i++) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
