package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.Parts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// One line below the bytes: what is selected and what it means. The panel beside it says everything.
final class ValueStrip extends HBox {
    private static final List<String> TYPES = List.of("i32", "i64", "f64");

    private final HexModel model;
    private final InspectorModel inspector;
    private final Label selected = value("memory-selected");
    private final List<Label> values = new ArrayList<>();
    private final Label text = value("memory-text");

    ValueStrip(HexModel model, InspectorModel inspector) {
        this.model = model;
        this.inspector = inspector;
        getStyleClass().addAll("foot-row", "value-strip");
        getChildren().add(pair("sel", selected));
        for (var type : TYPES) {
            var label = value("memory-value-" + type);
            values.add(label);
            var pair = pair(type, label);
            pair.managedProperty().bind(widthProperty().greaterThan(room(type)));
            pair.visibleProperty().bind(pair.managedProperty());
            getChildren().add(pair);
        }
        text.setMinWidth(0); // the one that gives way when the window is narrow
        getChildren().add(pair("utf8", text));
        model.selectionProperty().subscribe(_ -> refresh());
        model.sizeProperty().subscribe(_ -> refresh());
        inspector.readings().subscribe(this::refresh);
    }

    private static Label value(String id) {
        var label = new Label();
        label.setId(id);
        label.getStyleClass().add("value");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Node pair(String key, Label value) {
        var pair = new HBox(5, Parts.label(key, "key"), value);
        pair.getStyleClass().add("pair");
        pair.setMinWidth(value.getMinWidth() == 0 ? 0 : Region.USE_PREF_SIZE);
        return pair;
    }

    /// The width from which a value is shown: in a narrow window the longest go first.
    private static double room(String type) {
        return switch (type) {
            case "f64" -> 600;
            case "i64" -> 490;
            default -> 0;
        };
    }

    private void refresh() {
        var selection = model.selection();
        selected.setText(
                model.size() == 0
                        ? "–"
                        : "0x%04x%s"
                                .formatted(selection.start(), selection.length() > 1 ? " +" + selection.length() : ""));
        for (int i = 0; i < TYPES.size(); i++) {
            var text = inspector.reading(TYPES.get(i)).text();
            // Digits beyond the sixth are in the inspector; here they would push the text out.
            values.get(i).setText(TYPES.get(i).equals("f64") ? HexUnit.shortened(text) : text);
        }
        var shown = shownText(selection);
        text.setText(shown);
        text.setTooltip(shown.isEmpty() ? null : new Tooltip(shown));
    }

    /// The selected text, or from a single byte on the string that begins there.
    private String shownText(Selection selection) {
        var bytes = model.atCursorProperty().get();
        return selection.length() > 1 && selection.length() <= bytes.length
                ? new String(bytes, 0, (int) selection.length(), StandardCharsets.UTF_8).replace('\0', '·')
                : inspector.reading("string").text();
    }
}
