package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.parts.LabelledField;
import javafx.collections.ListChangeListener;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/// Arguments, variables, input, directories and network of a WASI command. Nothing is granted that does not stand here.
final class WasiFormView extends VBox {
    private final WasiForm form;
    private final VBox directories = new VBox();

    WasiFormView(WasiForm form) {
        this.form = form;
        getStyleClass().add("wasi-form");
        var environment = area("NAME=VALUE, one a line", "invoke-wasi-env");
        var environmentField = new LabelledField("Environment", environment);
        environmentField.errorProperty().bind(form.environmentErrorProperty());
        environment.textProperty().bindBidirectional(form.environmentProperty());
        var input = area("text", "invoke-wasi-stdin");
        input.textProperty().bindBidirectional(form.stdinProperty());
        getChildren()
                .addAll(
                        arguments(),
                        environmentField,
                        new LabelledField("Standard input", input),
                        Parts.label("Directories"),
                        directories,
                        addRow(),
                        connect(),
                        listen());
        form.directories().addListener((ListChangeListener<WasiGrants.Directory>) _ -> showDirectories());
        showDirectories();
    }

    private LabelledField arguments() {
        return new LabelledField(
                "Arguments",
                LabelledField.text("invoke-wasi-args", "\"quotes\" keep a word together", form.argumentsProperty()));
    }

    private LabelledField connect() {
        var input = LabelledField.text("invoke-wasi-connect", "Nobody, or HOST:PORT HOST:PORT", form.connectProperty());
        input.setTooltip(new Tooltip("Only these hosts are resolved and reached, each at its port"));
        var field = new LabelledField("May connect to", input);
        field.errorProperty().bind(form.connectErrorProperty());
        return field;
    }

    private LabelledField listen() {
        var input = LabelledField.text("invoke-wasi-listen", "Nowhere, or 127.0.0.1:PORT", form.listenProperty());
        input.setTooltip(new Tooltip("Addresses of this machine; port 0 lets the system choose one"));
        var field = new LabelledField("May listen at", input);
        field.errorProperty().bind(form.listenErrorProperty());
        return field;
    }

    private static TextArea area(String prompt, String id) {
        var area = new TextArea();
        area.setPromptText(prompt);
        area.setPrefRowCount(2);
        area.setId(id);
        return area;
    }

    private void showDirectories() {
        directories.getChildren().clear();
        for (var directory : form.directories()) {
            var path = new Label(directory.host() + " → " + directory.guest());
            path.getStyleClass().add("mono");
            HBox.setHgrow(path, Priority.ALWAYS);
            path.setMaxWidth(Double.MAX_VALUE);
            var readOnly = new CheckBox("read-only");
            readOnly.setMinWidth(USE_PREF_SIZE);
            readOnly.setSelected(directory.readOnly());
            readOnly.setOnAction(_ -> form.setReadOnly(directory, readOnly.isSelected()));
            var remove = Parts.iconButton(
                    Icons.close(),
                    "Grant this directory no more",
                    () -> form.directories().remove(directory));
            var row = new HBox(6, path, readOnly, remove);
            row.getStyleClass().add("directory-row");
            directories.getChildren().add(row);
        }
        if (form.directories().isEmpty()) {
            directories.getChildren().add(Parts.label("None: the guest sees no files.", "muted"));
        }
    }

    private VBox addRow() {
        var host = text("Directory of this machine", "invoke-wasi-host");
        var guest = text("Seen as, / by default", "invoke-wasi-guest");
        var choose = Parts.iconButton(Icons.folder(), "Choose a directory", () -> choose(host));
        var add = Parts.button(Icons.add(), "Grant", () -> {
            if (!host.getText().isBlank()) {
                form.addDirectory(host.getText().strip(), guest.getText());
                host.clear();
                guest.clear();
            }
        });
        add.setId("invoke-wasi-grant");
        var error = new Label();
        error.getStyleClass().add("field-error");
        error.textProperty().bind(form.directoryErrorProperty());
        error.visibleProperty().bind(error.textProperty().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        HBox.setHgrow(host, Priority.ALWAYS);
        HBox.setHgrow(guest, Priority.ALWAYS);
        return new VBox(6, new HBox(6, host, choose), new HBox(6, guest, add), error);
    }

    private static TextField text(String prompt, String id) {
        var field = new TextField();
        field.setPromptText(prompt);
        field.setId(id);
        return field;
    }

    private void choose(TextField host) {
        var chosen = new DirectoryChooser().showDialog(getScene().getWindow());
        if (chosen != null) {
            host.setText(chosen.toString());
        }
    }
}
