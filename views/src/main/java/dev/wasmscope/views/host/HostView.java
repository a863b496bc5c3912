package dev.wasmscope.views.host;

import dev.wasmscope.engine.binary.HostProfile;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.views.control.Named;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Imports by hand and calls with strings, one at a time, below what the module is made for.
final class HostView extends BorderPane {
    private final ImportsModel imports;
    private final Segments<Page> page = new Segments<>(List.of(Page.values()), Page::title);

    private enum Page {
        IMPORTS("Imports"),
        CALLS("Calls");

        private final String title;

        Page(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    HostView(ImportsModel imports, StringCallModel calls) {
        this.imports = imports;
        getStyleClass().add("host-view");
        getStylesheets()
                .add(Objects.requireNonNull(HostView.class.getResource("host.css"), "host.css")
                        .toExternalForm());
        setTop(Parts.toolRow(page, profile(), Parts.label("Strings", "muted"), form()));
        var importsPane = new ImportsPane(imports);
        var callsPane = new StringCallPane(calls);
        page.valueProperty().subscribe(chosen -> setCenter(chosen == Page.IMPORTS ? importsPane : callsPane));
    }

    void focusFirst() {
        page.getChildren().getFirst().requestFocus();
    }

    private Label profile() {
        var label = new Label();
        label.setId("host-profile");
        label.getStyleClass().add("host-profile");
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        imports.profilesProperty().subscribe(found -> {
            label.setText(found.isEmpty() ? "" : found.getFirst().text());
            label.getStyleClass().removeAll("warn-text", "muted");
            label.getStyleClass().add(found.isEmpty() || found.getFirst().complete() ? "muted" : "warn-text");
            label.setTooltip(found.isEmpty() ? null : new Tooltip(tip(found)));
        });
        return label;
    }

    private static String tip(List<HostProfile.Match> found) {
        return found.stream()
                .map(match -> match.text() + "\n" + match.profile().how())
                .collect(Collectors.joining("\n\n"));
    }

    private ComboBox<StringForm> form() {
        var box = new ComboBox<StringForm>();
        box.setId("host-form");
        box.getItems().setAll(StringForm.values());
        box.setConverter(new Named<>(StringForm::title));
        box.setTooltip(new Tooltip("How strings cross between host and guest"));
        box.setMinWidth(150);
        box.valueProperty().bindBidirectional(imports.formProperty());
        return box;
    }
}
