package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.SessionState;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Icon, title and muted detail; too long a row ends in dots, its tool tip is whole.
final class EntryCell extends TreeCell<Entry> {
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
    /// Room for the arrow, the paddings and the scroll bar.
    private static final double FURNITURE = 32;
    private static final double INDENT = 12.5;

    private final HBox row = new HBox();
    private final Label title = new Label();
    private final Label detail = new Label();
    private final Label mark = Parts.chip("stub", "warn");

    EntryCell(TreeView<Entry> tree) {
        row.getStyleClass().add("cell-row");
        detail.getStyleClass().add("dim");
        title.setMinWidth(Region.USE_PREF_SIZE);
        title.setMaxWidth(360);
        detail.setMinWidth(0);
        HBox.setHgrow(detail, Priority.SOMETIMES);
        // A long row must not make the tree scroll sideways.
        setPrefWidth(0);
        row.maxWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(40, tree.getWidth() - FURNITURE - INDENT * level(tree)),
                        tree.widthProperty(),
                        treeItemProperty()));
        row.prefWidthProperty().bind(row.maxWidthProperty());
    }

    @Override
    protected void updateItem(@Nullable Entry entry, boolean empty) {
        super.updateItem(entry, empty);
        setText(null);
        if (empty || entry == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            pseudoClassStateChanged(BROKEN, false);
            return;
        }
        title.setText(entry.title());
        // The detail gives way first; a problem is all title and has to fit itself.
        title.setMinWidth(entry instanceof Entry.Problem || entry instanceof Entry.More ? 0 : USE_PREF_SIZE);
        detail.setText(detail(entry));
        row.getChildren().setAll(EntryIcons.of(entry), title, detail);
        if (entry instanceof Entry.Import row && row.stub()) {
            this.row.getChildren().add(mark);
        }
        var broken = entry instanceof Entry.Problem || (entry instanceof Entry.Module module && module.broken());
        pseudoClassStateChanged(BROKEN, broken);
        setGraphic(row);
        setAccessibleText(entry.text());
        setTooltip(tip(entry).map(Tooltip::new).orElse(null));
    }

    private static String detail(Entry entry) {
        if (entry instanceof Entry.Module(var module) && module.factsProperty().get() instanceof Facts.Read) {
            return switch (module.sessionStateProperty().get()) {
                case SessionState.Opening _ -> entry.detail() + " · starting…";
                case SessionState.Failed _ -> entry.detail() + " · not running";
                case SessionState.None _, SessionState.Open _ -> entry.detail();
            };
        }
        return entry.detail();
    }

    private static Optional<String> tip(Entry entry) {
        return switch (entry) {
            case Entry.Module(var module) ->
                Optional.of(
                        switch (module.factsProperty().get()) {
                            case Facts.Malformed(var reason, var _) -> reason;
                            default ->
                                module.source()
                                        .path()
                                        .map(Object::toString)
                                        .orElse(module.name() + ", opened from memory");
                        });
            case Entry.Problem problem -> Optional.of(problem.title());
            case Entry.Sample sample -> Optional.of(sample.description());
            case Entry.Import row ->
                Optional.of(
                        row.stub()
                                ? row.text()
                                        + "\nNothing provides this import: a function traps when it is called and names it; "
                                        + "a memory, a table or a global is an empty one of the module's own."
                                : row.text());
            case Entry.Group _, Entry.Samples _, Entry.More _, Entry.FunctionRange _, Entry.ImportModule _ ->
                Optional.empty();
            default -> Optional.of(entry.text());
        };
    }

    private int level(TreeView<Entry> tree) {
        return getTreeItem() == null ? 0 : tree.getTreeItemLevel(getTreeItem());
    }
}
