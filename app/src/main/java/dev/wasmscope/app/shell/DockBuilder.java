package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Tool.Place;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import org.jspecify.annotations.Nullable;
import software.coley.bentofx.Bento;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/// Builds the docking library's tree from a [Layout] and finds a place for a single tool in one that stands.
final class DockBuilder {
    private static final Set<Place> BOTTOM = EnumSet.of(Place.BOTTOM_LEFT, Place.BOTTOM_RIGHT);

    private final Bento bento;
    private final Map<String, Dockable> dockables;
    private final Map<String, Tool> tools;
    private final Map<DockContainerBranch, double[]> dividers = new HashMap<>();

    DockBuilder(Bento bento, Map<String, Dockable> dockables, Map<String, Tool> tools) {
        this.bento = bento;
        this.dockables = dockables;
        this.tools = tools;
    }

    DockContainerRootBranch build(@Nullable Layout layout) {
        var root = bento.dockBuilding().root();
        root.setPruneWhenEmpty(false);
        root.setOrientation(Orientation.VERTICAL);
        switch (layout) {
            case Layout.Branch branch -> fill(root, branch);
            case Layout.Leaf leaf -> container(leaf).ifPresent(root::addContainer);
            case null -> {}
        }
        return root;
    }

    /// Sizes hold only once everything above has its own, so they are set again after the first layout.
    void settleDividers(DockContainerRootBranch root) {
        fixSides(root);
        dividers.forEach(DockContainerBranch::setDividerPositions);
        var kept = Map.copyOf(dividers);
        Platform.runLater(() -> {
            root.layout();
            kept.forEach((branch, at) -> {
                if (at.length == branch.getDividers().size()) {
                    branch.setDividerPositions(at);
                    branch.layout();
                }
            });
        });
    }

    /// Gives one tool a tab: with those of the same place, else where its place lies.
    void place(DockContainerRootBranch root, String id) {
        var tool = tools.get(id);
        var dockable = dockables.get(id);
        if (tool == null || dockable == null) {
            throw new IllegalArgumentException("There is no tool " + id);
        }
        var sibling = leafOf(root, tool.place());
        if (sibling.isPresent()) {
            sibling.get().addDockable(dockable);
            sibling.get().selectDockable(dockable);
            return;
        }
        var leaf = bento.dockBuilding().leaf();
        leaf.addDockable(dockable);
        var below = BOTTOM.contains(tool.place());
        var row = below ? BOTTOM : EnumSet.complementOf(EnumSet.copyOf(BOTTOM));
        var neighbour = neighbour(root, row, tool.place());
        if (neighbour.isPresent()) {
            var after = placeOf(neighbour.get()).compareTo(tool.place()) < 0;
            beside(neighbour.get(), leaf, after, after ? 0.7 : 0.3);
        } else {
            root.addContainer(below ? root.getChildContainers().size() : 0, leaf);
            if (!root.getDividers().isEmpty()) {
                later(root, below ? root.getDividers().size() - 1 : 0, 0.72);
            }
        }
        leaf.selectDockable(dockable);
        fixSides(root);
    }

    /// The stack after which a place comes in its row, else the one before which it comes.
    private Optional<DockContainerLeaf> neighbour(DockContainerRootBranch root, Set<Place> row, Place place) {
        var leaves = DockReader.leaves(root).stream()
                .filter(leaf -> !leaf.getDockables().isEmpty() && row.contains(placeOf(leaf)))
                .sorted(Comparator.comparing(this::placeOf))
                .toList();
        return leaves.reversed().stream()
                .filter(leaf -> placeOf(leaf).compareTo(place) < 0)
                .findFirst()
                .or(() -> leaves.stream().findFirst());
    }

    private void beside(DockContainerLeaf other, DockContainerLeaf leaf, boolean after, double share) {
        var parent = other.getParentContainer();
        if (parent == null) {
            throw new IllegalStateException("A stack of tabs stands outside the window's tree: " + other);
        }
        if (parent.getOrientation() == Orientation.HORIZONTAL) {
            var at = DockReader.children(parent).indexOf(other);
            var before = parent.getDividerPositions();
            var low = at == 0 ? 0 : before[at - 1];
            var high = at == before.length ? 1 : before[at];
            parent.addContainer(after ? at + 1 : at, leaf);
            later(parent, at, low + share * (high - low));
        } else {
            var branch = bento.dockBuilding().branch();
            branch.setOrientation(Orientation.HORIZONTAL);
            parent.replaceContainer(other, branch);
            branch.addContainers(after ? other : leaf, after ? leaf : other);
            later(branch, 0, share);
        }
    }

    private static void later(DockContainerBranch branch, int divider, double position) {
        branch.setDividerPosition(divider, position);
        Platform.runLater(() -> {
            if (divider < branch.getDividers().size()) {
                branch.setDividerPosition(divider, position);
            }
        });
    }

    private Optional<DockContainer> container(Layout layout) {
        return switch (layout) {
            case Layout.Branch branch -> {
                var made = bento.dockBuilding().branch();
                fill(made, branch);
                yield made.getChildContainers().isEmpty() ? Optional.empty() : Optional.of(made);
            }
            case Layout.Leaf(var tabs, var selected) -> {
                var made = bento.dockBuilding().leaf();
                for (var id : tabs) {
                    var dockable = dockables.get(id);
                    if (dockable != null && dockable.getContainer() == null) {
                        made.addDockable(dockable);
                    }
                }
                var front = dockables.get(tabs.get(selected));
                if (front != null && made.equals(front.getContainer())) {
                    made.selectDockable(front);
                }
                yield made.getDockables().isEmpty() ? Optional.empty() : Optional.of(made);
            }
        };
    }

    private void fill(DockContainerBranch made, Layout.Branch branch) {
        made.setOrientation(branch.vertical() ? Orientation.VERTICAL : Orientation.HORIZONTAL);
        for (var part : branch.parts()) {
            container(part).ifPresent(made::addContainer);
        }
        // A part may be gone, with a plugin for example: then the library's even sizes serve.
        if (made.getChildContainers().size() == branch.parts().size()) {
            dividers.put(
                    made,
                    branch.dividers().stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /// Side and bottom stacks keep their size when the window's changes.
    private void fixSides(DockContainer container) {
        if (container instanceof DockContainerBranch branch) {
            for (var child : DockReader.children(branch)) {
                var places = EnumSet.noneOf(Place.class);
                child.getDockables().forEach(dockable -> places.add(place(dockable)));
                var fixed = !places.contains(Place.CENTER) && !places.contains(Place.CENTER_RIGHT);
                SplitPane.setResizableWithParent(
                        child.asRegion(), !fixed || (BOTTOM.containsAll(places) && !isVertical(branch)));
                fixSides(child);
            }
        }
    }

    private static boolean isVertical(DockContainerBranch branch) {
        return branch.getOrientation() == Orientation.VERTICAL;
    }

    private Optional<DockContainerLeaf> leafOf(DockContainerRootBranch root, Place place) {
        return DockReader.leaves(root).stream()
                .filter(leaf -> leaf.getDockables().stream().anyMatch(dockable -> place(dockable) == place))
                .findFirst();
    }

    private Place placeOf(DockContainerLeaf leaf) {
        return place(leaf.getDockables().getFirst());
    }

    private Place place(Dockable dockable) {
        var tool = tools.get(dockable.getIdentifier());
        return tool == null ? Place.CENTER : tool.place();
    }
}
