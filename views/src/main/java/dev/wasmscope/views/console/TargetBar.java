package dev.wasmscope.views.console;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Named;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Which server, over what, and how it stands.
final class TargetBar extends HBox {
    private final ConsoleViewModel model;
    private final Button connect = new Button();
    private final Label chip = Parts.chip("Off", "neutral");

    TargetBar(ConsoleViewModel model, Background background) {
        this.model = model;
        getStyleClass().add("tool-row");
        connect.setId("console-connect");
        connect.setMinWidth(Region.USE_PREF_SIZE);
        chip.setId("console-state");
        // The list of servers can do with less.
        chip.setMinWidth(Region.USE_PREF_SIZE);
        getChildren()
                .addAll(
                        targets(),
                        nativeTransports(),
                        wasmTransports(),
                        other(),
                        connect,
                        restart(),
                        new SnapshotMenu(model.snapshots(), background),
                        chip,
                        Parts.spacer(),
                        wires(),
                        raw(),
                        clear());
        widthProperty().subscribe(_ -> fit());
        chip.textProperty().subscribe(_ -> fit());
        model.stateProperty().subscribe(this::show);
        model.targets()
                .chosenProperty()
                .subscribe(_ -> show(model.stateProperty().get()));
    }

    /// In a narrow window the chip goes first: the status bar says the same.
    private void fit() {
        var room = getWidth() == 0 || getWidth() >= withoutChip() + chip.prefWidth(-1) + getSpacing();
        chip.setVisible(room);
        chip.setManaged(room);
    }

    private double withoutChip() {
        var all = super.computeMinWidth(-1);
        return chip.isManaged() ? all - chip.minWidth(-1) - getSpacing() : all;
    }

    @Override
    protected double computeMinWidth(double height) {
        return withoutChip();
    }

    private Node other() {
        var shown = model.targets().form().shown;
        var other = Parts.iconButton(Icons.add(), "Connect to another address", () -> shown.set(!shown.get()));
        other.setId("console-address");
        return other;
    }

    private Node targets() {
        var box = new ComboBox<>(model.targets().all());
        box.setId("console-target");
        box.setMinWidth(110);
        box.setPrefWidth(170);
        box.setAccessibleText("Server");
        box.setTooltip(new Tooltip("The server that commands go to"));
        box.setConverter(new Named<>(TargetChoice::title));
        box.valueProperty().bindBidirectional(model.targets().chosenProperty());
        // What runs may have changed since the window opened.
        box.setOnShowing(_ -> model.targets().find());
        return box;
    }

    private Node nativeTransports() {
        var choice = new Segments<>(List.of("tcp", "unix", "shm"), t -> t);
        choice.setId("console-transport");
        choice.valueProperty().bindBidirectional(model.targets().nativeTransportProperty());
        return onlyFor(choice, TargetChoice.Native.class);
    }

    private Node wasmTransports() {
        var choice = new Segments<>(List.of("in-process", "shm"), t -> t);
        choice.setId("console-wasm-transport");
        choice.valueProperty().bindBidirectional(model.targets().wasmTransportProperty());
        return onlyFor(choice, TargetChoice.Wasm.class);
    }

    private Node onlyFor(Region choice, Class<? extends TargetChoice> kind) {
        choice.setMinWidth(Region.USE_PREF_SIZE);
        model.targets().chosenProperty().subscribe(target -> {
            choice.setVisible(kind.isInstance(target));
            choice.setManaged(choice.isVisible());
        });
        return choice;
    }

    private Node wires() {
        var wires = new ToggleButton(null, Icons.wires());
        wires.setId("console-wires");
        wires.getStyleClass().addAll("raw-toggle", "wires-toggle");
        wires.setMinWidth(Region.USE_PREF_SIZE);
        wires.setTooltip(new Tooltip("The handshake and the rings of shared memory"));
        wires.setAccessibleText("Show the wires of shared memory");
        wires.selectedProperty().bindBidirectional(model.wires().wantedProperty());
        wires.visibleProperty().bind(model.wires().possibleProperty());
        wires.managedProperty().bind(wires.visibleProperty());
        return wires;
    }

    private Node restart() {
        var restart =
                Parts.iconButton(Icons.restart(), "Start Redis in Wasm anew; all its data is lost", model::restart);
        restart.setId("console-restart");
        var possible = Bindings.createBooleanBinding(
                () -> model.targets().chosenProperty().get() instanceof TargetChoice.Wasm
                        && model.stateProperty().get() instanceof ConnectionState.Connected,
                model.targets().chosenProperty(),
                model.stateProperty());
        restart.visibleProperty().bind(possible);
        restart.managedProperty().bind(possible);
        return restart;
    }

    private Node raw() {
        var raw = new ToggleButton("Raw");
        raw.setId("console-raw");
        raw.getStyleClass().add("raw-toggle");
        raw.setMinWidth(Region.USE_PREF_SIZE);
        raw.setTooltip(new Tooltip("Replies as they come over the wire"));
        raw.selectedProperty().bindBidirectional(model.rawProperty());
        return raw;
    }

    private Node clear() {
        var clear = Parts.iconButton(Icons.delete(), "Clear (Ctrl+L)", model::clear);
        clear.setId("console-clear");
        return clear;
    }

    private void show(ConnectionState state) {
        switch (state) {
            case ConnectionState.Off() -> {
                var start = switch (model.targets().chosenProperty().get()) {
                    case TargetChoice.Wasm() -> "Start Redis in Wasm";
                    case TargetChoice.Native() -> "Start native Redis";
                    default -> "";
                };
                chip("Off", "neutral", "Not connected; the first command connects.");
                button(
                        start.isEmpty() ? "Connect" : start,
                        start.isEmpty() ? Icons.connected() : Icons.run(),
                        model::connect);
            }
            case ConnectionState.Connecting(var to) -> {
                chip("Connecting…", "warn", to);
                button("Cancel", Icons.stop(), model::cancel);
            }
            case ConnectionState.Connected connected -> {
                var name = connected.server().name()
                        + connected.version().map(v -> " " + v).orElse("");
                chip(
                        name,
                        "result-type",
                        "Connected to %s at %s, RESP%d."
                                .formatted(
                                        name,
                                        connected.address(),
                                        connected.server().protocol()));
                button("Disconnect", Icons.disconnected(), model::disconnect);
            }
            case ConnectionState.Lost(var reason) -> {
                chip("Lost", "failed", reason);
                button("Reconnect", Icons.refresh(), model::connect);
            }
        }
    }

    private void chip(String text, String style, String tip) {
        chip.setText(text);
        chip.getStyleClass().removeAll("neutral", "warn", "result-type", "failed");
        chip.getStyleClass().add(style);
        chip.setTooltip(new Tooltip(tip));
    }

    private void button(String text, Node icon, Runnable action) {
        connect.setText(text);
        connect.setGraphic(icon);
        connect.setOnAction(_ -> action.run());
    }
}
