package dev.wasmscope.views.control;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;

/// The two looks. `base.css` is the same for both; each has a small sheet with its own colours.
public enum Theme {
    LIGHT,
    DARK;

    /// Makes this the look of every window: control styles come from AtlantaFX for the whole application.
    public void install() {
        Application.setUserAgentStylesheet(
                (this == DARK ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
    }

    /// Gives a scene our own styles in this look. A scene of a dialog needs it as well as the window's.
    public void applyTo(Scene scene) {
        scene.getStylesheets().removeAll(sheet(LIGHT.file()), sheet(DARK.file()), sheet("base.css"));
        scene.getStylesheets().addFirst(sheet(file()));
        scene.getStylesheets().add(1, sheet("base.css"));
    }

    private String file() {
        return this == DARK ? "dark.css" : "light.css";
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name).toExternalForm();
    }
}
