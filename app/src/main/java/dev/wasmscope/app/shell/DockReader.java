package dev.wasmscope.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import javafx.geometry.Orientation;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/// Reads the docking library's tree into a [Layout].
final class DockReader {
    private DockReader() {}

    static Optional<Layout> read(DockContainer container) {
        return switch (container) {
            case DockContainerLeaf leaf -> readLeaf(leaf);
            case DockContainerBranch branch -> readBranch(branch);
            default -> throw new IllegalStateException("The docking library has a new container: " + container);
        };
    }

    /// In reading order.
    static List<DockContainerLeaf> leaves(DockContainer container) {
        var leaves = new ArrayList<DockContainerLeaf>();
        collect(container, leaves);
        return leaves;
    }

    /// In the order on the screen. The library's own list is not: its `addContainer(index, …)` appends there (0.15.1).
    static List<DockContainer> children(DockContainerBranch branch) {
        return branch.getItems().stream().map(DockContainer.class::cast).toList();
    }

    private static void collect(DockContainer container, List<DockContainerLeaf> into) {
        switch (container) {
            case DockContainerLeaf leaf -> into.add(leaf);
            case DockContainerBranch branch -> children(branch).forEach(child -> collect(child, into));
            default -> {}
        }
    }

    private static Optional<Layout> readLeaf(DockContainerLeaf leaf) {
        var tabs = leaf.getDockables().stream().map(Dockable::getIdentifier).toList();
        var selected = leaf.getSelectedDockable();
        return tabs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Layout.Leaf(tabs, selected == null ? 0 : tabs.indexOf(selected.getIdentifier())));
    }

    private static Optional<Layout> readBranch(DockContainerBranch branch) {
        var parts = new ArrayList<Layout>();
        for (var child : children(branch)) {
            read(child).ifPresent(parts::add);
        }
        if (parts.size() <= 1) {
            return parts.stream().findFirst();
        }
        var dividers = DoubleStream.of(branch.getDividerPositions()).boxed().toList();
        if (dividers.size() != parts.size() - 1) {
            // An empty stack lies between: no place for it in a saved layout.
            dividers = even(parts.size());
        }
        return Optional.of(new Layout.Branch(branch.getOrientation() == Orientation.VERTICAL, dividers, parts));
    }

    static List<Double> even(int parts) {
        return DoubleStream.iterate(1, i -> i + 1)
                .limit(parts - 1L)
                .map(i -> i / parts)
                .boxed()
                .toList();
    }
}
