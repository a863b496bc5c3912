package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Command;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.input.KeyCombination;

/// All that a user can do, in the order it was added.
final class Commands {
    private final ObservableList<Command> all = FXCollections.observableArrayList();
    private final ObservableList<Command> view = FXCollections.unmodifiableObservableList(all);

    ObservableList<Command> all() {
        return view;
    }

    /// @throws IllegalArgumentException when the id is taken or the key makes no sense
    void add(Command command) {
        if (find(command.id()).isPresent()) {
            throw new IllegalArgumentException("There are two commands with the id " + command.id());
        }
        command.key().ifPresent(KeyCombination::valueOf);
        all.add(command);
    }

    Optional<Command> find(String id) {
        return all.stream().filter(command -> command.id().equals(id)).findFirst();
    }

    /// Does nothing while the command is not to be had.
    static void run(Command command) {
        if (command.enabled().get()) {
            command.action().run();
        }
    }

    /// The key as people read it: `Ctrl+Shift+P`.
    static String keyText(Command command) {
        return command.key()
                .map(key -> KeyCombination.valueOf(key).getDisplayText())
                .orElse("");
    }
}
