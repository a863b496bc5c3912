package dev.wasmscope.views.code;

import atlantafx.base.theme.Styles;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;

/// The Code tool: head with the function's name, its lines, and a list of functions that opens beside them.
final class CodeView extends BorderPane {
    /// Below this width the list of functions takes the place of the code.
    private static final double NARROW = 560;
    private static final double ROOM_FOR_FACTS = 340;

    private static final KeyCombination FUNCTIONS = new KeyCodeCombination(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination BYTES = new KeyCodeCombination(KeyCode.B, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final KeyCombination FORWARD = new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN);

    private final CodeViewModel model;
    private final CodeLines lines;
    private final FunctionList functions;
    private final VirtualizedScrollPane<CodeLines> code;
    private final StackPane center = new StackPane();
    private final Label name = new Label();
    private final Label facts = Parts.label("", "dim");
    private final ToggleButton list = new ToggleButton(null, Icons.functions());
    private final Label place = Parts.label("", "mono", "dim");
    private final Label bytes = new Label();

    CodeView(CodeViewModel model, Background background) {
        this.model = model;
        this.lines = new CodeLines(background, line -> {
            if (shown()) {
                model.follow(line);
            }
        });
        this.functions = new FunctionList(model, this::chosen);
        this.code = new VirtualizedScrollPane<>(lines);
        setId("code");
        getStyleClass().add("code-view");
        getStylesheets()
                .add(Objects.requireNonNull(getClass().getResource("code.css")).toExternalForm());
        setTop(head());
        setCenter(body());
        setBottom(foot());
        lines.setContextMenu(menu());
        lines.caretPositionProperty().addListener((_, _, _) -> describeLine());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        model.stateProperty().subscribe(this::show);
    }

    void focusWork() {
        if (list.isSelected() && !code.isVisible()) {
            functions.focusFilter();
        } else {
            lines.requestFocus();
        }
    }

    // ---- parts

    private Node head() {
        var back = Parts.iconButton(Icons.back(), "Back (Alt+Left)", model::back);
        back.setId("code-back");
        back.disableProperty().bind(model.canGoBackProperty().not());
        var forward = Parts.iconButton(Icons.forward(), "Forward (Alt+Right)", model::forward);
        forward.setId("code-forward");
        forward.disableProperty().bind(model.canGoForwardProperty().not());
        name.setId("code-name");
        name.getStyleClass().addAll("mono", "strong", "function-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(40);
        var icon = Icons.function();
        icon.visibleProperty().bind(name.textProperty().isNotEmpty());
        icon.managedProperty().bind(icon.visibleProperty());
        facts.setId("code-facts");
        // The name matters more; its tooltip says the same.
        facts.visibleProperty().bind(widthProperty().greaterThanOrEqualTo(ROOM_FOR_FACTS));
        facts.managedProperty().bind(facts.visibleProperty());
        list.setId("code-functions");
        list.getStyleClass().addAll(Styles.FLAT, "icon-button");
        list.setMinWidth(Region.USE_PREF_SIZE);
        list.setTooltip(new Tooltip("List of functions (Ctrl+L)"));
        list.setAccessibleText("List of functions");
        return Parts.toolRow(back, forward, icon, name, facts, Parts.spacer(), list);
    }

    private Node body() {
        functions.visibleProperty().bind(list.selectedProperty());
        functions.managedProperty().bind(functions.visibleProperty());
        var narrow = widthProperty().lessThan(NARROW);
        center.visibleProperty().bind(Bindings.not(list.selectedProperty().and(narrow)));
        center.managedProperty().bind(center.visibleProperty());
        functions
                .prefWidthProperty()
                .bind(Bindings.when(narrow).then(widthProperty()).otherwise(240));
        functions.minWidthProperty().bind(functions.prefWidthProperty());
        HBox.setHgrow(center, Priority.ALWAYS);
        center.setMinWidth(0);
        return new HBox(functions, center);
    }

    private Node foot() {
        place.setId("code-place");
        bytes.setId("code-bytes");
        bytes.getStyleClass().addAll("mono", "instruction-bytes");
        bytes.setMinWidth(0);
        var show = Parts.link("Show bytes", () -> current().ifPresent(model::showBytes));
        show.setTooltip(new Tooltip("Select these bytes in the file (Ctrl+B)"));
        show.visibleProperty().bind(place.textProperty().isNotEmpty());
        show.setMinWidth(Region.USE_PREF_SIZE);
        var foot = Parts.footRow(place, bytes, Parts.spacer(), show);
        foot.visibleProperty().bind(show.visibleProperty());
        foot.managedProperty().bind(foot.visibleProperty());
        return foot;
    }

    private ContextMenu menu() {
        var follow = new MenuItem("Go to function");
        follow.setOnAction(_ -> current().ifPresent(model::follow));
        var show = new MenuItem("Show bytes in file");
        show.setOnAction(_ -> current().ifPresent(model::showBytes));
        var copy = new MenuItem("Copy");
        copy.setOnAction(_ -> lines.copy());
        var all = new MenuItem("Select all");
        all.setOnAction(_ -> lines.selectAll());
        var menu = new ContextMenu(follow, show, copy, all);
        menu.setOnShowing(_ -> {
            var line = current();
            follow.setDisable(line.isEmpty() || line.get().target().isEmpty());
            show.setDisable(line.isEmpty() || line.get().offset().isEmpty());
            copy.setDisable(lines.getSelection().getLength() == 0);
        });
        return menu;
    }

    // ---- reactions

    private void show(CodeState state) {
        model.function().ifPresentOrElse(this::title, this::noTitle);
        switch (state) {
            case CodeState.Shown shown -> {
                fill(code);
                lines.show(shown.text(), shown.line());
            }
            // What was shown stays until the next is there: most functions take milliseconds.
            case CodeState.Loading _ -> {}
            case CodeState.Broken(var module, var _, var reason, var offset) ->
                fill(new EmptyState(Icons.failure(), "This function cannot be decoded", reason)
                        .withAction("Show the bytes there", () -> model.showBytes(module, offset)));
            case CodeState.Malformed(var module, var reason, var offset) ->
                fill(new EmptyState(Icons.failure(), module.name() + " is not a module", reason)
                        .withAction("Show the bytes there", () -> model.showBytes(module, offset)));
            case CodeState.Imported(var function) ->
                fill(new EmptyState(
                        Icons.imports(),
                        function.name() + " is imported",
                        "Its code is not in this module: the host or another module provides it."));
            case CodeState.Stopped(var function) ->
                fill(new EmptyState(Icons.stop(), "Stopped", "The disassembly of " + function.name() + " was stopped.")
                        .withAction("Disassemble", () -> model.go(function.index())));
            case CodeState.NoModule _ ->
                fill(new EmptyState(
                        Icons.disassembly(), "No module is open", "Open one to read the code of its functions."));
            case CodeState.NoFunctions(var module) ->
                fill(new EmptyState(
                        Icons.functions(), "No functions", module + " neither defines nor imports a function."));
            case CodeState.Reading(var module) ->
                fill(new EmptyState(Icons.disassembly(), "Reading " + module, "Its functions will be listed here."));
        }
        describeLine();
    }

    private void fill(Node node) {
        if (!center.getChildren().equals(List.of(node))) {
            center.getChildren().setAll(node);
        }
    }

    private void title(FunctionFact function) {
        name.setText((function.named() ? "$" : "") + function.name());
        name.setTooltip(new Tooltip(function.name() + " " + function.type()));
        facts.setText(
                function.imported()
                        ? "func " + function.index() + " · imported"
                        : "func %d · %,d byte%s"
                                .formatted(function.index(), function.bodySize(), function.bodySize() == 1 ? "" : "s"));
        functions.select(function);
    }

    private void noTitle() {
        name.setText("");
        facts.setText("");
    }

    private boolean shown() {
        return model.stateProperty().get() instanceof CodeState.Shown;
    }

    /// The line with the caret, once it is one of the function in the head.
    private Optional<CodeText.Line> current() {
        return shown() ? lines.currentLine() : Optional.empty();
    }

    private void describeLine() {
        var line = current().filter(l -> l.offset().isPresent());
        place.setText(line.map(l -> "0x%06x".formatted(l.offset().getAsLong())).orElse(""));
        bytes.setText(line.map(model::bytes).orElse(""));
    }

    private void chosen(FunctionFact function) {
        if (getWidth() < NARROW) {
            list.setSelected(false);
        }
        model.go(function.index());
        lines.requestFocus();
    }

    private void pressed(KeyEvent event) {
        var handled = true;
        if (FUNCTIONS.match(event)) {
            list.setSelected(true);
            functions.focusFilter();
        } else if (BYTES.match(event)) {
            current().ifPresent(model::showBytes);
        } else if (BACK.match(event) && model.canGoBackProperty().get()) {
            model.back();
        } else if (FORWARD.match(event) && model.canGoForwardProperty().get()) {
            model.forward();
        } else if (event.getCode() == KeyCode.ENTER && lines.isFocused()) {
            current().ifPresent(model::follow);
        } else if (event.getCode() == KeyCode.ESCAPE
                && list.isSelected()
                && model.filterProperty().get().isEmpty()) {
            list.setSelected(false);
            lines.requestFocus();
        } else {
            handled = false;
        }
        if (handled) {
            event.consume();
        }
    }
}
