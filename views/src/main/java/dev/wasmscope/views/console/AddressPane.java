package dev.wasmscope.views.console;

import atlantafx.base.theme.Styles;
import dev.wasmscope.views.console.AddressForm.Kind;
import dev.wasmscope.views.console.AddressForm.Security;
import dev.wasmscope.views.control.Named;
import dev.wasmscope.views.control.Segments;
import dev.wasmscope.views.spi.parts.LabelledField;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/// The form for an address of one's own.
final class AddressPane extends VBox {
    private final ConsoleViewModel model;
    private final AddressForm form;
    private final Label error = new Label();

    AddressPane(ConsoleViewModel model) {
        this.model = model;
        this.form = model.targets().form();
        setId("console-address-form");
        getStyleClass().addAll("form", "address-form");
        visibleProperty().bind(form.shown);
        managedProperty().bind(form.shown);
        error.getStyleClass().add("error-text");
        error.setWrapText(true);
        error.managedProperty().bind(error.textProperty().isNotEmpty());
        getChildren().addAll(kind(), fields(), error, buttons());
    }

    private Node kind() {
        var kind = new Segments<>(List.of(Kind.TCP, Kind.UNIX), k -> k == Kind.TCP ? "Host and port" : "Unix socket");
        kind.valueProperty().bindBidirectional(form.kind);
        return kind;
    }

    private Node fields() {
        var tcp = form.kind.isEqualTo(Kind.TCP);
        var authority = form.security.isEqualTo(Security.AUTHORITY).and(tcp);
        var path = new HBox(4, text("console-path", form.path, 260), choose("Choose the socket", form.path));
        var pem = new HBox(
                4, text("console-authority", form.authority, 220), choose("Choose the PEM file", form.authority));
        return new FlowPane(
                10,
                6,
                shown(new LabelledField("Host", text("console-host", form.host, 160)), tcp),
                shown(new LabelledField("Port", text("console-port", form.port, 70)), tcp),
                shown(titled("Socket path", path), tcp.not()),
                new LabelledField("User", text("console-user", form.user, 110)),
                new LabelledField("Password", password()),
                new LabelledField("Database", text("console-database", form.database, 60)),
                shown(new LabelledField("Security", security()), tcp),
                shown(titled("Authority (PEM)", pem), authority));
    }

    private static Node titled(String title, Node node) {
        var box = new VBox(new Label(title), node);
        box.getStyleClass().add("field");
        return box;
    }

    private static Node shown(Node node, javafx.beans.value.ObservableBooleanValue when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
        return node;
    }

    private static TextField text(String id, StringProperty value, double width) {
        var field = LabelledField.text(id, "", value);
        field.setPrefWidth(width);
        return field;
    }

    private PasswordField password() {
        var field = new PasswordField();
        field.setId("console-password");
        field.setPrefWidth(110);
        field.textProperty().bindBidirectional(form.password);
        return field;
    }

    private ComboBox<Security> security() {
        var box = new ComboBox<Security>();
        box.setId("console-security");
        box.getItems().setAll(Security.values());
        box.valueProperty().bindBidirectional(form.security);
        box.setConverter(new Named<>(security -> security.title));
        return box;
    }

    private Button choose(String title, StringProperty into) {
        var button = new Button("Browse…");
        button.setOnAction(_ -> {
            var chooser = new FileChooser();
            chooser.setTitle(title);
            var file = chooser.showOpenDialog(getScene().getWindow());
            if (file != null) {
                into.set(file.getPath());
            }
        });
        return button;
    }

    private Node buttons() {
        var connect = new Button("Connect");
        connect.setId("console-address-connect");
        connect.getStyleClass().add(Styles.ACCENT);
        connect.setDefaultButton(false);
        connect.setOnAction(_ -> error.setText(model.useForm().orElse("")));
        var cancel = new Button("Cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> form.shown.set(false));
        return new HBox(8, connect, cancel);
    }
}
