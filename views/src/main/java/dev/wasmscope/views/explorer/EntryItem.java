package dev.wasmscope.views.explorer;

import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;

/// A row of the tree that makes the rows below it when it is opened.
final class EntryItem extends TreeItem<Entry> {
    private final Function<Entry, List<Entry>> below;
    private boolean filled;

    EntryItem(Entry entry, Function<Entry, List<Entry>> below) {
        super(entry);
        this.below = below;
    }

    /// A row of a filtered tree: what the filter left is below it, opened.
    static EntryItem of(Matches.Branch branch, Function<Entry, List<Entry>> below) {
        var item = new EntryItem(branch.entry(), below);
        if (!branch.children().isEmpty()) {
            item.filled = true;
            item.rows()
                    .setAll(branch.children().stream()
                            .map(child -> of(child, below))
                            .toList());
            item.setExpanded(branch.open());
        }
        return item;
    }

    @Override
    public ObservableList<TreeItem<Entry>> getChildren() {
        if (!filled) {
            filled = true;
            rows().setAll(below.apply(getValue()).stream()
                    .map(entry -> new EntryItem(entry, below))
                    .toList());
        }
        return rows();
    }

    @Override
    public boolean isLeaf() {
        return filled ? rows().isEmpty() : Outline.leaf(getValue());
    }

    /// Asks for the rows below again; those that are still there keep their state.
    void refresh() {
        var before = new HashMap<Entry, TreeItem<Entry>>();
        if (filled) {
            rows().forEach(item -> before.put(item.getValue(), item));
        }
        filled = true;
        rows().setAll(below.apply(getValue()).stream()
                .map(entry -> before.getOrDefault(entry, new EntryItem(entry, below)))
                .toList());
    }

    private ObservableList<TreeItem<Entry>> rows() {
        return super.getChildren();
    }
}
