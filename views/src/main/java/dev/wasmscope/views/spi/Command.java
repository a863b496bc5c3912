package dev.wasmscope.views.spi;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;

/// Something a user can do, in palette, menu and by key.
///
/// @param id stable: `module.open`
/// @param menu the menu it stands in: `File`; empty for palette only
/// @param key as `KeyCombination.valueOf` reads it: `Shortcut+O`
public record Command(
        String id, String title, String menu, Optional<String> key, ObservableBooleanValue enabled, Runnable action) {
    public static Command of(String id, String title, String menu, Runnable action) {
        return new Command(id, title, menu, Optional.empty(), Bindings.createBooleanBinding(() -> true), action);
    }

    public Command withKey(String combination) {
        return new Command(id, title, menu, Optional.of(combination), enabled, action);
    }

    public Command when(ObservableBooleanValue condition) {
        return new Command(id, title, menu, key, condition, action);
    }
}
