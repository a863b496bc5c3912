package dev.wasmscope.views.hex;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Lookout;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import dev.wasmscope.views.spi.Palette;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The Memory tool: where to go above, the bytes, what changed and what the bytes at the cursor mean below.
final class MemoryView extends StackPane {
    private static final KeyCombination GO = new KeyCodeCombination(KeyCode.G, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final KeyCombination FORWARD = new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN);

    private static final Duration LIVE = Duration.ofNanos(MemoryViewModel.LIVE_NANOS);

    private final MemoryViewModel model;
    private final HexView hex;
    private final GoToField goTo;
    private final BorderPane shown;

    MemoryView(
            MemoryViewModel model,
            InspectorModel inspector,
            ReadOnlyObjectProperty<Palette> palette,
            Background background) {
        this.model = model;
        hex = new HexView(palette, model.hex());
        hex.setId("memory-hex");
        goTo = new GoToField(model);
        setId("memory-view");
        getStyleClass().add("memory-view");
        getStylesheets()
                .add(Objects.requireNonNull(MemoryView.class.getResource("memory.css"))
                        .toExternalForm());
        shown = new BorderPane(hex);
        shown.setTop(new VBox(toolRow(), problemRow()));
        shown.setBottom(new VBox(new ChangesPane(model), new ValueStrip(model.hex(), inspector)));
        // Docks may be narrower than the tools would like; what does not fit gives way.
        setMinWidth(0);
        shown.setMinWidth(0);
        model.stateProperty().subscribe(this::show);
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        addEventFilter(MouseEvent.MOUSE_PRESSED, this::mousePressed);
        Lookout.keep(
                shown, background, LIVE, model.runningProperty().isNotEmpty(), () -> model.pulse(System.nanoTime()));
    }

    HexView hex() {
        return hex;
    }

    void focusBytes() {
        hex.requestFocus();
    }

    void focusGoTo() {
        goTo.requestFocus();
        goTo.selectAll();
    }

    private HBox toolRow() {
        var back = Parts.iconButton(Icons.back(), "Back (Alt+Left)", model.places()::back);
        back.setId("memory-back");
        back.disableProperty().bind(model.places().history().canGoBackProperty().not());
        var forward = Parts.iconButton(Icons.forward(), "Forward (Alt+Right)", model.places()::forward);
        forward.setId("memory-forward");
        forward.disableProperty()
                .bind(model.places().history().canGoForwardProperty().not());
        goTo.setTooltip(new Tooltip("Address (0x400, 1024), relative (+16, -0x10), export or global (Ctrl+G)"));
        var label = Parts.label("Go to");
        label.setLabelFor(goTo);
        var units = new Segments<>(List.of(HexUnit.values()), HexUnit::label);
        units.valueProperty().bindBidirectional(hex.unitProperty());
        var live = live();
        var row = Parts.toolRow(
                new HBox(back, forward), label, goTo, picker(), units, Parts.spacer(), mixed(), live, options());
        row.getStyleClass().add("memory-tools");
        // What a narrow window can do without: the field's prompt and the toggle's tool tip say the same.
        label.managedProperty().bind(row.widthProperty().greaterThan(590));
        label.visibleProperty().bind(label.managedProperty());
        live.textProperty()
                .bind(Bindings.when(row.widthProperty().greaterThan(540))
                        .then("Live 30 Hz")
                        .otherwise("Live"));
        return row;
    }

    private Node picker() {
        var picker = new ComboBox<>(model.memories());
        picker.setId("memory-picker");
        picker.setTooltip(new Tooltip("The memory that is shown"));
        picker.visibleProperty().bind(Bindings.size(model.memories()).greaterThan(1));
        picker.managedProperty().bind(picker.visibleProperty());
        picker.getSelectionModel().selectedIndexProperty().subscribe(index -> {
            if (index.intValue() >= 0) {
                model.memoryProperty().set(index.intValue());
            }
        });
        model.memoryProperty().subscribe(index -> picker.getSelectionModel().select(index.intValue()));
        model.stateProperty()
                .subscribe(_ ->
                        picker.getSelectionModel().select(model.memoryProperty().get()));
        return picker;
    }

    private Node mixed() {
        var badge = Parts.chip("", "warn");
        badge.setId("memory-mixed");
        badge.setTooltip(
                new Tooltip("Copied while the guest runs: bytes of one screen may be from different moments."));
        badge.textProperty()
                .bind(Bindings.when(widthProperty().greaterThan(680))
                        .then("live, may mix moments")
                        .otherwise("mixed"));
        badge.visibleProperty().bind(model.mixedProperty());
        badge.managedProperty().bind(badge.visibleProperty());
        return badge;
    }

    private ToggleButton live() {
        var toggle = new ToggleButton(null, Icons.live());
        toggle.setId("memory-live");
        toggle.getStyleClass().add("live");
        toggle.setMinWidth(Region.USE_PREF_SIZE);
        toggle.setTooltip(new Tooltip("Read memory 30 times a second while a call runs"));
        toggle.selectedProperty().bindBidirectional(model.liveProperty());
        return toggle;
    }

    private Node options() {
        var fade = new CheckMenuItem("Let changed bytes fade");
        fade.setId("memory-fade");
        fade.setSelected(true);
        fade.selectedProperty().subscribe(on -> hex.stillProperty().set(!on));
        var menu = new MenuButton(null, Icons.settings(), fade);
        menu.setId("memory-options");
        menu.getStyleClass().addAll("flat", "icon-button", "no-arrow");
        menu.setTooltip(new Tooltip("How memory is shown"));
        menu.setAccessibleText("How memory is shown");
        return menu;
    }

    private Node problemRow() {
        var problem = new Label();
        problem.setId("memory-problem");
        problem.getStyleClass().add("memory-problem");
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.textProperty()
                .bind(Bindings.when(model.places().goToProblemProperty().isNotEmpty())
                        .then(model.places().goToProblemProperty())
                        .otherwise(hex.problemProperty()));
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    private void show(MemoryState state) {
        getChildren()
                .setAll(
                        switch (state) {
                            case MemoryState.Shown _ -> shown;
                            case MemoryState.NoModule _ ->
                                new EmptyState(
                                        Icons.memories(),
                                        "No module is open",
                                        "Open a .wasm file or a sample: its linear memory appears here.");
                            case MemoryState.Starting(var name) ->
                                new EmptyState(
                                        Icons.task(), "Starting " + name, "Its memory appears when it has started.");
                            case MemoryState.NoMemory(var name) ->
                                new EmptyState(
                                        Icons.memories(),
                                        name + " has no memory",
                                        "The module neither defines nor imports a linear memory, so it has no bytes to show.");
                            case MemoryState.NoSession(var module, var reason) ->
                                noSession(module.source().name(), reason);
                        });
    }

    private Node noSession(String name, String reason) {
        var empty = reason.isEmpty()
                ? new EmptyState(
                        Icons.memories(), name + " is not running", "Its memory exists while an instance of it does.")
                : new EmptyState(Icons.warning(), name + " is not running", reason);
        return model.canRestart() ? empty.withAction("Start " + name, model::restart) : empty;
    }

    private void keyPressed(KeyEvent e) {
        if (GO.match(e)) {
            focusGoTo();
        } else if (UNDO.match(e) && !goTo.isFocused()) {
            model.undo();
        } else if (BACK.match(e)) {
            model.places().back();
        } else if (FORWARD.match(e)) {
            model.places().forward();
        } else {
            return;
        }
        e.consume();
    }

    private void mousePressed(MouseEvent e) {
        if (e.getButton() == MouseButton.BACK) {
            model.places().back();
        } else if (e.getButton() == MouseButton.FORWARD) {
            model.places().forward();
        }
    }
}
