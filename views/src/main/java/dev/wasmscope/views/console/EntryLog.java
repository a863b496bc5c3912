package dev.wasmscope.views.console;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The console's output. The oldest entries go when there are too many. UI thread only.
final class EntryLog {
    private static final int MOST = 2_000;

    private final ObservableList<ConsoleEntry> entries = FXCollections.observableArrayList();

    ObservableList<ConsoleEntry> all() {
        return entries;
    }

    void note(String text) {
        add(new ConsoleEntry.Note(text));
    }

    void failed(String sentence) {
        add(new ConsoleEntry.Failed(sentence));
    }

    void add(ConsoleEntry entry) {
        addAll(List.of(entry));
    }

    void addAll(List<ConsoleEntry> more) {
        var over = entries.size() + more.size() - MOST;
        if (over > 0) {
            entries.remove(0, Math.min(entries.size(), over + MOST / 4));
        }
        entries.addAll(more);
    }

    void clear() {
        entries.clear();
    }
}
