package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import software.coley.bentofx.Bento;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.event.DockEvent;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/// The tools in their tabs: opened, closed, brought to the front, moved by the user.
///
/// A tool's node is made when its tab first comes to the front.
final class Docking {
    private static final PseudoClass FRONT = PseudoClass.getPseudoClass("front");

    private final Bento bento = new Bento();
    private final StackPane area = new StackPane();
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Dockable> dockables = new LinkedHashMap<>();
    private final ObservableSet<String> open = FXCollections.observableSet();
    private final ObservableSet<String> openView = FXCollections.unmodifiableObservableSet(open);
    private final ReadOnlyObjectWrapper<@Nullable Tool> front = new ReadOnlyObjectWrapper<>();
    private final ToolNodes nodes;
    private final Runnable changed;
    private @Nullable DockContainerRootBranch root;
    private boolean rebuilding;

    /// @param changed called after the user changed the layout, often several times for one gesture
    Docking(ToolNodes nodes, Runnable changed) {
        this.nodes = nodes;
        this.changed = changed;
        area.getStyleClass().add("dock-area");
        bento.controlsBuilding().setHeadersFactory(FittingTabs::new);
        bento.events().addEventListener(this::onEvent);
        front.subscribe(_ -> markFront());
    }

    Node node() {
        return area;
    }

    List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    Optional<Tool> tool(String id) {
        return Optional.ofNullable(tools.get(id));
    }

    /// Ids of the tools that have a tab.
    ObservableSet<String> open() {
        return openView;
    }

    /// The tool that was worked with last.
    ReadOnlyObjectProperty<@Nullable Tool> frontProperty() {
        return front.getReadOnlyProperty();
    }

    /// Makes a tool known; it gets its tab by [#apply(Layout, List)] or [#show(String)].
    void register(Tool tool) {
        if (tools.putIfAbsent(tool.id(), tool) != null) {
            throw new IllegalArgumentException("There are two tools with the id " + tool.id());
        }
        var dockable = bento.dockBuilding().dockable(tool.id());
        dockable.setTitle(tool.title());
        dockable.setIconFactory(_ -> tool.newIcon());
        dockable.setCanBeDroppedToNewWindow(false);
        dockable.setContextMenuFactory(new TabMenu(this));
        dockables.put(tool.id(), dockable);
    }

    /// Docks tools as a layout says; ids it knows and we do not are skipped.
    ///
    /// @param closed tools that stay without a tab; all others that the layout does not name get one at their place
    void apply(@Nullable Layout layout, List<String> closed) {
        rebuilding = true;
        try {
            clear();
            var building = new DockBuilder(bento, dockables, tools);
            root = building.build(layout);
            bento.registerRoot(root);
            area.getChildren().setAll(root);
            for (var id : tools.keySet()) {
                if (!placed(id) && !closed.contains(id)) {
                    building.place(root, id);
                }
            }
            building.settleDividers(root);
        } finally {
            rebuilding = false;
        }
        update();
    }

    /// Empty where no tool has a tab.
    Optional<Layout> layout() {
        return root == null ? Optional.empty() : DockReader.read(root);
    }

    List<String> closed() {
        return tools.keySet().stream().filter(id -> !placed(id)).toList();
    }

    /// Gives a tool its tab back if need be, and brings it to the front with the keyboard in it.
    void show(String id) {
        reveal(id);
        tool(id).ifPresent(tool -> {
            front.set(tool);
            nodes.focus(tool);
        });
    }

    /// Brings a tool to the front and leaves the keyboard where it is.
    void reveal(String id) {
        var dockable = dockables.get(id);
        if (dockable == null) {
            throw new IllegalArgumentException("There is no tool " + id + "; known are " + tools.keySet());
        }
        if (!placed(id) && root != null) {
            new DockBuilder(bento, dockables, tools).place(root, id);
        }
        var leaf = dockable.getContainer();
        if (leaf != null && !dockable.equals(leaf.getSelectedDockable())) {
            var scene = area.getScene();
            var focused = scene == null ? null : scene.getFocusOwner();
            leaf.selectDockable(dockable);
            restoreFocus(scene, focused);
        }
    }

    void close(String id) {
        var dockable = dockables.get(id);
        if (dockable != null && dockable.getContainer() != null) {
            dockable.getContainer().closeDockable(dockable);
        }
    }

    void closeFront() {
        var tool = front.get();
        if (tool != null) {
            close(tool.id());
        }
    }

    boolean placed(String id) {
        var dockable = dockables.get(id);
        return dockable != null && dockable.getContainer() != null;
    }

    /// The tabs that lie side by side with a tool's, itself among them.
    List<String> stackOf(String id) {
        var dockable = dockables.get(id);
        var leaf = dockable == null ? null : dockable.getContainer();
        return leaf == null
                ? List.of()
                : leaf.getDockables().stream().map(Dockable::getIdentifier).toList();
    }

    /// The next tab in the stack that has the keyboard.
    void cycleTabs(int step) {
        var tool = front.get();
        var stack = tool == null ? List.<String>of() : stackOf(tool.id());
        if (tool != null && !stack.isEmpty()) {
            show(stack.get(Math.floorMod(stack.indexOf(tool.id()) + step, stack.size())));
        }
    }

    /// The next stack, in reading order: its front tab gets the keyboard.
    void cycleStacks(int step) {
        var fronts = new ArrayList<String>();
        for (var leaf : leaves()) {
            var selected = leaf.getSelectedDockable();
            if (selected != null) {
                fronts.add(selected.getIdentifier());
            }
        }
        if (!fronts.isEmpty()) {
            var tool = front.get();
            var at = tool == null ? -1 : fronts.indexOf(tool.id());
            show(fronts.get(Math.floorMod(at + step, fronts.size())));
        }
    }

    private List<DockContainerLeaf> leaves() {
        return root == null ? List.of() : DockReader.leaves(root);
    }

    private void clear() {
        for (var dockable : dockables.values()) {
            var leaf = dockable.getContainer();
            if (leaf != null) {
                leaf.setPruneWhenEmpty(false);
                leaf.removeDockable(dockable);
            }
        }
        if (root != null) {
            bento.unregisterRoot(root);
        }
        area.getChildren().clear();
    }

    private void onEvent(DockEvent event) {
        switch (event) {
            case DockEvent.DockableSelected selected -> selected(selected.dockable());
            default -> {}
        }
        if (!rebuilding) {
            update();
            changed.run();
        }
    }

    private void selected(Dockable dockable) {
        var tool = tools.get(dockable.getIdentifier());
        if (tool != null) {
            if (dockable.getNode() == null) {
                dockable.setNode(nodes.of(tool));
            }
            if (!rebuilding) {
                front.set(tool);
            }
        }
    }

    /// The stack that is worked in is marked; the library's own mark follows the focus and is lost in moves.
    private void markFront() {
        var tool = front.get();
        for (var leaf : leaves()) {
            var isFront = tool != null
                    && leaf.getDockables().stream()
                            .anyMatch(dockable -> dockable.getIdentifier().equals(tool.id()));
            leaf.pseudoClassStateChanged(FRONT, isFront);
        }
    }

    private void update() {
        for (var id : tools.keySet()) {
            if (placed(id)) {
                open.add(id);
            } else {
                open.remove(id);
            }
        }
        var tool = front.get();
        if (tool != null && !placed(tool.id())) {
            front.set(null);
        }
        markFront();
    }

    private static void restoreFocus(@Nullable Scene scene, @Nullable Node focused) {
        if (scene != null && focused != null && scene.equals(focused.getScene())) {
            focused.requestFocus();
        }
    }
}
