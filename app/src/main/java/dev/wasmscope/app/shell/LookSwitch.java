package dev.wasmscope.app.shell;

import dev.wasmscope.app.settings.Settings;
import dev.wasmscope.app.settings.Settings.ThemeChoice;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Theme;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;

/// The theme that applies: the user's choice, else the system's, also when that changes while we run.
final class LookSwitch implements AutoCloseable {
    private final Settings settings;
    private final ReadOnlyObjectProperty<ColorScheme> system =
            Platform.getPreferences().colorSchemeProperty();
    private final ObjectBinding<Theme> theme;

    LookSwitch(Settings settings) {
        this.settings = settings;
        theme = Bindings.createObjectBinding(this::current, settings.themeProperty(), system);
    }

    /// Gives a scene the theme now and after every change.
    void drive(Scene scene) {
        theme.subscribe(now -> {
            now.install();
            now.applyTo(scene);
        });
    }

    Theme theme() {
        return theme.get();
    }

    void toggle() {
        settings.themeProperty().set(theme.get() == Theme.DARK ? ThemeChoice.LIGHT : ThemeChoice.DARK);
    }

    /// Shows what is on; a click switches to the other.
    Button button() {
        var button = Parts.iconButton(Icons.dark(), "Switch between light and dark (Ctrl+Shift+L)", this::toggle);
        button.setId("theme-switch");
        button.setFocusTraversable(false);
        theme.subscribe(now -> button.setGraphic(now == Theme.DARK ? Icons.dark() : Icons.light()));
        return button;
    }

    /// Follows nobody any more.
    @Override
    public void close() {
        theme.dispose();
    }

    private Theme current() {
        return switch (settings.themeProperty().get()) {
            case LIGHT -> Theme.LIGHT;
            case DARK -> Theme.DARK;
            case SYSTEM -> system.get() == ColorScheme.DARK ? Theme.DARK : Theme.LIGHT;
        };
    }
}
