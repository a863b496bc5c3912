package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.CommandHistory;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The lines that were entered: walking through them, searching them, keeping them. UI thread only; the file is read
/// and written in the background.
final class HistoryModel {
    private final Background background;
    private final Path file;
    private final Consumer<String> complain;
    private @Nullable CommandHistory history;
    /// Entered before the file was read.
    private final List<String> early = new ArrayList<>();
    private int at;
    private String draft = "";
    private boolean saving;
    private boolean dirty;

    HistoryModel(Background background, Path file, Consumer<String> complain) {
        this.background = background;
        this.file = file;
        this.complain = complain;
        background.start("Reading the command history", _ -> CommandHistory.open(file), this::opened);
    }

    private void opened(Result<CommandHistory.Opened> result) {
        if (result instanceof Result.Ok<CommandHistory.Opened>(var opened)) {
            history = opened.history();
            opened.complaint().ifPresent(complain);
            early.forEach(this::add);
            early.clear();
            at = lines().size();
        }
    }

    boolean ready() {
        return history != null;
    }

    List<String> lines() {
        return history == null ? early : history.lines();
    }

    void add(String line) {
        if (history == null) {
            early.add(line);
        } else if (history.add(line)) {
            save();
        }
        at = lines().size();
        draft = "";
    }

    /// The line before; the first stays.
    String older(String current) {
        var lines = lines();
        if (at >= lines.size()) {
            draft = current;
        }
        if (lines.isEmpty()) {
            return current;
        }
        at = Math.max(0, Math.min(at, lines.size()) - 1);
        return lines.get(at);
    }

    /// The line after; behind the last one what was being typed.
    String newer(String current) {
        var lines = lines();
        if (at >= lines.size()) {
            return current;
        }
        at++;
        return at == lines.size() ? draft : lines.get(at);
    }

    /// The newest line before `below` with the text in it.
    Optional<Integer> search(String text, int below) {
        return history == null || text.isEmpty() ? Optional.empty() : history.search(text, below);
    }

    private void save() {
        if (saving) {
            dirty = true;
            return;
        }
        saving = true;
        dirty = false;
        var lines = lines();
        background.start(
                "Keeping the command history",
                _ -> {
                    CommandHistory.write(file, lines);
                    return lines.size();
                },
                result -> {
                    saving = false;
                    if (result instanceof Result.Failed<Integer>(var cause)) {
                        complain.accept("The command history could not be kept: %s.".formatted(cause.getMessage()));
                    } else if (dirty) {
                        save();
                    }
                });
    }
}
