package dev.wasmscope.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import software.coley.bentofx.control.Headers;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/// The tabs of one stack. Where they have no room for all they say, those behind the front one lose their close
/// buttons, then their titles from the last one on: an icon that can be clicked is worth more than half a word.
final class FittingTabs extends Headers {
    private final DockContainerLeaf leaf;

    FittingTabs(DockContainerLeaf leaf, Orientation orientation, Side side) {
        super(leaf, orientation, side);
        this.leaf = leaf;
    }

    @Override
    protected void layoutHorizontal() {
        var tabs = new ArrayList<FittingTab>();
        for (var child : getChildren()) {
            FittingTab.of(child).ifPresent(tabs::add);
        }
        shorten(tabs);
        var x = 0.0;
        for (var tab : tabs) {
            tab.place(x, getHeight());
            x += tab.width();
        }
        overflowingProperty().set(x > getWidth());
    }

    private void shorten(List<FittingTab> tabs) {
        var behind = tabs.stream()
                .filter(tab -> !tab.isOf(leaf.getSelectedDockable()))
                .toList();
        if (!fit(tabs)) {
            behind.forEach(FittingTab::dropClose);
        }
        for (var tab : behind.reversed()) {
            if (!fit(tabs)) {
                tab.dropTitle();
            }
        }
        if (!fit(tabs)) {
            tabs.forEach(FittingTab::dropClose);
        }
    }

    private boolean fit(List<FittingTab> tabs) {
        return tabs.stream().mapToDouble(FittingTab::width).sum() <= getWidth();
    }
}
