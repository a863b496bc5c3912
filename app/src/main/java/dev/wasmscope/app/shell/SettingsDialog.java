package dev.wasmscope.app.shell;

import dev.wasmscope.app.settings.Settings;
import dev.wasmscope.app.settings.Settings.ThemeChoice;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Spinner;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/// What the user can choose; every change applies at once.
final class SettingsDialog {
    private static final int LONGEST_DEADLINE = 3_600_000;

    private final Settings settings;

    SettingsDialog(Settings settings) {
        this.settings = settings;
    }

    void show(Stage owner) {
        var dialog = new Dialog<Void>();
        dialog.initOwner(owner);
        dialog.setTitle("Settings");
        var pane = dialog.getDialogPane();
        pane.getStylesheets().addAll(owner.getScene().getStylesheets());
        pane.setId("settings-dialog");
        pane.getButtonTypes().add(ButtonType.CLOSE);
        var form = new VBox(
                Parts.section("Theme"),
                theme(),
                Parts.label("System follows the desktop, also when it changes.", "dim"),
                Parts.section("Calls"),
                Parts.label("Deadline of a call in milliseconds"),
                deadline(),
                Parts.section("Guests"),
                Parts.label("Modules run"),
                placement(),
                Parts.label(
                        "A process of their own cannot take the window down. A change starts open modules anew.",
                        "dim"));
        form.getStyleClass().addAll("form", "settings-form");
        pane.setContent(form);
        dialog.show();
    }

    private Node theme() {
        var choice =
                new Segments<>(List.of(ThemeChoice.SYSTEM, ThemeChoice.LIGHT, ThemeChoice.DARK), SettingsDialog::name);
        choice.valueProperty().bindBidirectional(settings.themeProperty());
        return choice;
    }

    private Node placement() {
        var choice = new Segments<>(
                List.of(Placement.IN_PROCESS, Placement.CHILD),
                place -> place == Placement.CHILD ? "In a child process" : "In the window's process");
        choice.setId("settings-placement");
        choice.valueProperty().bindBidirectional(settings.placementProperty());
        return choice;
    }

    private Node deadline() {
        var spinner = new Spinner<Integer>(
                1,
                LONGEST_DEADLINE,
                Math.toIntExact(settings.deadlineProperty().get().toMillis()),
                500);
        spinner.setId("settings-deadline");
        spinner.setEditable(true);
        spinner.valueProperty().subscribe(millis -> settings.deadlineProperty().set(Duration.ofMillis(millis)));
        return spinner;
    }

    private static String name(ThemeChoice choice) {
        return switch (choice) {
            case SYSTEM -> "System";
            case LIGHT -> "Light";
            case DARK -> "Dark";
        };
    }
}
