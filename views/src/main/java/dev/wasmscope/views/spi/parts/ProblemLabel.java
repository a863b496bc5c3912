package dev.wasmscope.views.spi.parts;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// Why something did not work, in whole sentences that are never cut off; it takes no room while all is well.
public final class ProblemLabel extends Label {
    /// @param problem empty while all is well
    public ProblemLabel(ObservableValue<String> problem) {
        getStyleClass().add("error-text");
        setMaxWidth(Double.MAX_VALUE);
        setWrapText(true);
        setMinHeight(Region.USE_PREF_SIZE);
        textProperty().bind(problem);
        visibleProperty().bind(textProperty().isNotEmpty());
        managedProperty().bind(visibleProperty());
    }
}
