package dev.wasmscope.views.explorer;

import java.util.Objects;
import javafx.scene.Parent;

/// The stylesheet of this package's views.
final class Sheet {
    private static final String URL =
            Objects.requireNonNull(Sheet.class.getResource("explorer.css")).toExternalForm();

    private Sheet() {}

    static void addTo(Parent root) {
        root.getStylesheets().add(URL);
    }
}
