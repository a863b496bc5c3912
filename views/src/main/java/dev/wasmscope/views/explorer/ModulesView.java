package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Copying;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.FilterField;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.explorer.Entry.Kind;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Filter field above, tree of modules and samples below.
final class ModulesView extends BorderPane {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    /// Imports and exports are shown opened up to this many.
    private static final int OPENED = 40;

    private final ModulesViewModel model;
    private final Runnable openDialog;
    private final FilterField filter = new FilterField("Filter modules");
    private final TreeView<Entry> tree = new TreeView<>();
    private final TreeItem<Entry> all = new TreeItem<>();
    private final EntryItem samples;
    private final Map<ModuleDocument, EntryItem> items = new HashMap<>();
    private boolean filtered;
    private final ContextMenu menu = new ContextMenu();

    /// @param openDialog lets the user choose files
    ModulesView(ModulesViewModel model, Runnable openDialog) {
        this.model = model;
        this.openDialog = openDialog;
        samples = new EntryItem(new Entry.Samples(model.samples().size()), model::children);
        getStyleClass().add("modules-view");
        Sheet.addTo(this);
        setTop(toolBar());
        setCenter(new VBox(emptyState(), tree));
        setUpTree();
        model.modules().addListener(this::modulesChanged);
        model.modules().forEach(this::add);
        if (!model.samples().isEmpty()) {
            samples.setExpanded(model.modules().isEmpty());
            all.getChildren().add(samples);
        }
        model.filterProperty().subscribe(_ -> refilter());
        model.workspace().activeProperty().subscribe(this::reveal);
    }

    void focusTree() {
        tree.requestFocus();
        if (tree.getSelectionModel().isEmpty()) {
            tree.getSelectionModel().select(0);
        }
    }

    // ---- parts

    private HBox toolBar() {
        filter.setId("modules-filter");
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.addEventFilter(KeyEvent.KEY_PRESSED, this::filterKey);
        HBox.setHgrow(filter, Priority.ALWAYS);
        var open = Parts.iconButton(Icons.add(), "Open a module (Ctrl+O)", openDialog);
        open.setId("modules-open");
        return Parts.toolRow(filter, open);
    }

    private EmptyState emptyState() {
        var empty = new EmptyState(
                        Icons.module(),
                        "No module is open",
                        "Drop a .wasm file here, open one, or take a sample below.")
                .withAction("Open…", openDialog);
        empty.setId("modules-empty");
        // The tree scrolls; what says how to begin must not shrink.
        empty.setMinHeight(Region.USE_PREF_SIZE);
        empty.visibleProperty().bind(Bindings.isEmpty(model.modules()));
        empty.managedProperty().bind(empty.visibleProperty());
        return empty;
    }

    private void setUpTree() {
        tree.setId("modules-tree");
        tree.setShowRoot(false);
        tree.setRoot(all);
        tree.setFixedCellSize(24);
        tree.setCellFactory(EntryCell::new);
        VBox.setVgrow(tree, Priority.ALWAYS);
        tree.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null && item.getValue() != null) {
                model.select(item.getValue());
            }
        });
        tree.addEventFilter(KeyEvent.KEY_PRESSED, this::treeKey);
        tree.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                selected().filter(TreeItem::isLeaf).ifPresent(item -> model.open(item.getValue()));
            }
        });
        // Not the tree's own menu: that would make the keys it only mentions those of the whole window.
        tree.setOnContextMenuRequested(event -> {
            fillMenu();
            menu.show(tree, event.getScreenX(), event.getScreenY());
            event.consume();
        });
    }

    // ---- modules come and go

    private void modulesChanged(ListChangeListener.Change<? extends ModuleDocument> change) {
        while (change.next()) {
            change.getRemoved().forEach(this::remove);
            change.getAddedSubList().forEach(this::add);
        }
    }

    private void add(ModuleDocument module) {
        var item = new EntryItem(new Entry.Module(module), model::children);
        items.put(module, item);
        samples.setExpanded(false);
        all.getChildren().add(model.modules().indexOf(module), item);
        module.factsProperty().subscribe(_ -> {
            changed(module);
            if (module.equals(model.workspace().activeProperty().get())) {
                unfold(item);
            }
        });
        module.validationProperty().subscribe((_, _) -> changed(module));
        module.sessionStateProperty().subscribe((_, _) -> changed(module));
        module.stubbedProperty().subscribe((_, _) -> changed(module));
    }

    private void remove(ModuleDocument module) {
        all.getChildren().remove(items.remove(module));
        refilter();
    }

    private void changed(ModuleDocument module) {
        var item = items.get(module);
        if (item != null) {
            item.refresh();
            refilter();
            tree.refresh();
        }
    }

    /// A module that was just read shows what it imports and exports.
    private static void unfold(EntryItem item) {
        item.setExpanded(true);
        for (var below : item.getChildren()) {
            if (below.getValue() instanceof Entry.Group(var _, var kind, var count)) {
                below.setExpanded((kind == Kind.IMPORTS || kind == Kind.EXPORTS) && count <= OPENED);
            }
        }
    }

    private void refilter() {
        var matches = model.matches();
        if (matches.isEmpty()) {
            if (filtered) {
                filtered = false;
                tree.setRoot(all);
                reveal(model.workspace().activeProperty().get());
            }
            return;
        }
        var root = new TreeItem<Entry>();
        for (var branch : matches.get()) {
            root.getChildren().add(EntryItem.of(branch, model::children));
        }
        filtered = true;
        tree.setRoot(root);
    }

    /// Selects the module that became active elsewhere, unless a row of it is selected.
    private void reveal(@Nullable ModuleDocument active) {
        var item = active == null ? null : items.get(active);
        var already = selected()
                .map(TreeItem::getValue)
                .filter(entry -> entry instanceof Entry.OfModule row && row.module() == active)
                .isPresent();
        if (item != null && !already && !filtered) {
            tree.getSelectionModel().select(item);
            tree.scrollTo(Math.max(0, tree.getRow(item) - 2));
        }
    }

    // ---- keys and menu

    private Optional<TreeItem<Entry>> selected() {
        return Optional.ofNullable(tree.getSelectionModel().getSelectedItem()).filter(item -> item.getValue() != null);
    }

    private void treeKey(KeyEvent event) {
        if (FIND.match(event)) {
            filter.requestFocus();
            filter.selectAll();
            event.consume();
            return;
        }
        selected().ifPresent(item -> rowKey(item, event));
    }

    private void rowKey(TreeItem<Entry> item, KeyEvent event) {
        if (Copying.KEY.match(event)) {
            Copying.toClipboard(item.getValue().text());
        } else if (event.getCode() == KeyCode.ENTER) {
            if (item.isLeaf()) {
                model.open(item.getValue());
            } else {
                item.setExpanded(!item.isExpanded());
            }
        } else if (event.getCode() == KeyCode.DELETE) {
            model.close(item.getValue());
        } else {
            return;
        }
        event.consume();
    }

    private void filterKey(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> {
                focusTree();
                event.consume();
            }
            case ENTER -> {
                firstLeaf(tree.getRoot()).ifPresent(item -> {
                    tree.getSelectionModel().select(item);
                    model.open(item.getValue());
                });
                event.consume();
            }
            default -> {}
        }
    }

    private Optional<TreeItem<Entry>> firstLeaf(TreeItem<Entry> item) {
        if (model.filterProperty().get().isBlank()) {
            return Optional.empty();
        }
        if (item.getValue() != null && item.isLeaf()) {
            return Optional.of(item);
        }
        return item.getChildren().stream()
                .flatMap(child -> firstLeaf(child).stream())
                .findFirst();
    }

    private void fillMenu() {
        var actions = selected().map(item -> model.actions(item.getValue())).orElse(List.of());
        menu.getItems()
                .setAll(actions.stream()
                        .map(action -> item(action.title(), action.key(), action.run()))
                        .toList());
        selected()
                .ifPresent(item -> menu.getItems()
                        .add(item(
                                "Copy",
                                "Shortcut+C",
                                () -> Copying.toClipboard(item.getValue().text()))));
        menu.getItems().add(item("Open a module…", "", openDialog));
    }

    /// @param key shown only; the tree itself listens for it
    private static MenuItem item(String title, String key, Runnable action) {
        var item = new MenuItem(title);
        if (!key.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(key));
        }
        item.setOnAction(_ -> action.run());
        return item;
    }
}
